package dev.atmos.auth.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code via} and where it leads.
 *
 * @param via the link as it is written
 * @param state whether it can be used
 * @param target what it leads to; null where that isn't there, isn't clear, or isn't followed
 */
public record ResolvedVia(Via via, State state, @Nullable AuthEntry target) {

  /**
   * The most identities of a chain: far more than anybody's, because each role of a chain is a call
   * of AWS, and few enough to be followed and shown at once.
   */
  public static final int LONGEST_CHAIN = 32;

  /** Whether a link can be used, and if not, why. */
  public enum State {
    /** It leads to a definition that the kind can go through. */
    SOUND,
    /** Nothing has that name. */
    MISSING,
    /** Several definitions have that name. */
    AMBIGUOUS,
    /** It leads back to where it starts. */
    CIRCULAR,
    /** It leads to a definition that the kind can't go through. */
    REFUSED,
    /** More identities are before it than {@link #LONGEST_CHAIN} allows. */
    TOO_LONG;

    /** The word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether what starts here is shown below what it leads to. */
  public boolean leads() {
    return state == State.SOUND || state == State.REFUSED;
  }
}
