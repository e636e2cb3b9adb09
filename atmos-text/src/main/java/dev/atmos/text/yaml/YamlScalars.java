package dev.atmos.text.yaml;

import dev.atmos.text.TerminalText;
import java.util.Locale;

/**
 * Texts as YAML scalars that a reader of YAML 1.1 and one of YAML 1.2 take for the same texts (<a
 * href="https://yaml.org/type/">YAML 1.1's types</a>, <a
 * href="https://yaml.org/spec/1.2.2/#103-core-schema">YAML 1.2's core schema</a>): plain only where
 * nothing can be mistaken, else in double quotes, and always on one line.
 */
public final class YamlScalars {
  /** What may stand anywhere in a plain scalar, beside letters and digits. */
  private static final String HARMLESS = "_-./@+=$()<>;\\*!?&%^~|'";

  /** What a plain scalar may begin with, beside letters, digits and {@code --}. */
  private static final String BEGINNINGS = "_/$(<\\~.";

  private YamlScalars() {}

  /** The text, in quotes where there is any doubt. Not for flow collections. */
  public static String write(String text) {
    return isPlain(text) ? text : quote(text);
  }

  /** Whether the text may stand without quotes, in a block collection or by itself. */
  public static boolean isPlain(String text) {
    if (isAmbiguous(text) || !isBeginning(text)) {
      return false;
    }
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean harmless =
          isLetter(c)
              || isDigit(c)
              || HARMLESS.indexOf(c) >= 0
              || ((c == ' ' || c == ':') && i < last && text.charAt(i + 1) != ' ');
      if (!harmless) {
        return false;
      }
    }
    return true;
  }

  /** Long options, such as {@code --region}, are no exception that a reader mistakes. */
  private static boolean isBeginning(String text) {
    char first = text.charAt(0);
    return isLetter(first)
        || isDigit(first)
        || BEGINNINGS.indexOf(first) >= 0
        || (text.length() > 2 && text.startsWith("--") && isLetter(text.charAt(2)));
  }

  /**
   * Whether some reader takes the text without quotes for anything else than a text: for nothing, a
   * boolean, a number, a date or a merge key.
   */
  public static boolean isAmbiguous(String text) {
    if (text.isEmpty() || text.equals("~") || text.equals("=") || text.equals("<<")) {
      return true;
    }
    char first = text.charAt(0);
    String bare = first == '+' || first == '-' ? text.substring(1) : text;
    bare = bare.startsWith(".") ? bare.substring(1) : bare;
    return isWord(bare) || isNumeric(text);
  }

  /** Words that some reader takes for a boolean, a number or nothing, in any case. */
  private static boolean isWord(String text) {
    return switch (text.length() > 8 ? "" : text.toLowerCase(Locale.ROOT)) {
      case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity" ->
          true;
      default -> false;
    };
  }

  private static boolean isNumeric(String text) {
    return text.matches("(?i)[0-9+.-][0-9a-fxotz_.:+ \t-]*");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c > 0xA0 && Character.isLetter(c) && TerminalText.isVisible(c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** In double quotes and with escapes that mean the same in YAML and in JSON. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          // YAML and JSON have no escape in common for characters beyond U+FFFF.
          if (Character.isSurrogate(c) || TerminalText.isVisible(c)) {
            quoted.append(c);
          } else {
            escape(c, quoted);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** A character by its code point, as the scalars in double quotes have it. */
  static void escape(int character, StringBuilder quoted) {
    String digits = Integer.toHexString(character);
    boolean large = digits.length() > 4;
    quoted.append(large ? "\\U" : "\\u").repeat('0', (large ? 8 : 4) - digits.length());
    quoted.append(digits);
  }
}
