package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;

/**
 * A scalar: its text as it was written, without quotes.
 *
 * @param text the text; not to be shown, as it may be a secret
 * @param plain whether it stood there without quotes
 * @param position where it begins
 */
public record ConfigText(String text, boolean plain, Position position) implements ConfigValue {

  @Override
  public boolean isNull() {
    return plain
        && (text.isEmpty()
            || text.equals("~")
            || text.equals("null")
            || text.equals("Null")
            || text.equals("NULL"));
  }

  @Override
  public String describe() {
    return "a text";
  }

  /** Says where it is, not what: the text may be a secret. */
  @Override
  public String toString() {
    return "ConfigText[" + position + "]";
  }
}
