package dev.atmos.cli.config.trust;

import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;

/**
 * A value of a file that needs the user's approval.
 *
 * @param effect what is done with the value
 * @param key the keys that lead to it, such as {@code auth.identities.dev.mfa_command}; empty for
 *     an included file
 * @param text the command, the path or the URL
 * @param position where it is written
 * @param declared whether the schema declares the effect; false for the field of an open kind
 */
public record TrustRequest(
    Effect effect, String key, String text, Position position, boolean declared) {

  /** What is done at which key. */
  public String place() {
    return effect + " " + key;
  }

  /** The SHA-256 of the text. */
  public String digest() {
    return TrustRecord.sha256(text);
  }

  /** Says where it is, not what: the text may be anything. */
  @Override
  public String toString() {
    return "TrustRequest[" + effect + " " + position + "]";
  }
}
