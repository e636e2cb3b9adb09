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
 * @param tag the tag that made the text, or that brought the file it stands in; null for none
 */
public record ConfigText(
    String text,
    boolean plain,
    Position position,
    @Nullable String variable,
    @Nullable String argument,
    @Nullable String tag)
    implements ConfigValue {

  /** A text of the file itself. */
  public ConfigText(String text, boolean plain, Position position) {
    this(text, plain, position, null, null, null);
  }

  /** A text that a tag makes of anything but a variable. */
  public static ConfigText made(String text, Position position, String tag) {
    return new ConfigText(text, false, position, null, null, tag);
  }

  /**
   * The text for messages and listings; of one that a tag made, only the tag and the variable. Such
   * a text may be a secret, and whoever approved its use didn't ask for it to be printed.
   */
  public String shown() {
    return tag == null ? text : variable == null ? tag : tag.concat(" ").concat(variable);
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
