package dev.atmos.cli.config.trust;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What needs the user's approval so that one value may have its effect.
 *
 * @param effect what is done with the value
 * @param keys the keys that lead to it in its file: several where aliases bring it to several
 *     places
 * @param position where it is written
 * @param approvals what a record has to hold; see {@link TrustRecord}
 * @param scripts the files of the project that a command names, as the command names them
 */
public record TrustRequest(
    Effect effect,
    List<String> keys,
    Position position,
    List<TrustRecord.Approval> approvals,
    List<String> scripts) {

  /** Whether the user can approve it: atmos has to know which files of the project it runs. */
  public boolean canBeGranted() {
    return !approvals.contains(TrustRecord.Approval.NEVER);
  }

  /** The same for a value of which it isn't known that it is run; if it is, then not by this. */
  public TrustRequest asText() {
    List<TrustRecord.Approval> known = new ArrayList<>(approvals);
    known.remove(TrustRecord.Approval.NEVER);
    return new TrustRequest(effect, keys, position, known, scripts);
  }

  /** Says where it is, not what: the text may be anything. */
  @Override
  public String toString() {
    return "TrustRequest[" + effect + " " + position + "]";
  }
}
