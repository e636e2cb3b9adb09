package dev.atmos.services.config;

import dev.atmos.plugin.config.Position;
import org.jspecify.annotations.Nullable;

/**
 * A scalar: its text as it was written, without quotes.
 *
 * @param text the text; not to be shown, as it may be a secret
 * @param plain whether it stood there without quotes
 * @param position where it begins
 * @param variable the variable that the text was read from; null for a text of the file itself
 * @param argument what stands behind {@code !env} in the file; null for a text of the file itself
 */
public record ConfigText(
    String text,
    boolean plain,
    Position position,
    @Nullable String variable,
    @Nullable String argument)
    implements ConfigValue {

  /** A text of the file itself. */
  public ConfigText(String text, boolean plain, Position position) {
    this(text, plain, position, null, null);
  }

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
