package dev.atmos.kubeconfig;

/**
 * How a text is written so that every reader of YAML 1.1 and 1.2, and of JSON, takes it for that
 * text: without quotes only where nothing can be mistaken, else in double quotes, and always in one
 * line.
 */
final class Scalars {
  private Scalars() {}

  /** The text, in quotes where there is any doubt. */
  static String write(String text) {
    return isPlain(text) ? text : quote(text);
  }

  /**
   * Whether the text may stand without quotes. Texts that begin with a digit, a sign, a dot or an
   * indicator are in quotes; long options, such as {@code --region}, are no exception that any
   * reader makes a number of.
   */
  static boolean isPlain(String text) {
    if (text.isEmpty()) {
      return false;
    }
    int start = text.startsWith("--") ? 2 : 0;
    if (start == text.length()) {
      return false;
    }
    char first = text.charAt(start);
    if (!isLetter(first) && (start > 0 || (first != '_' && first != '/'))) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && "_-./:+=@".indexOf(c) < 0) {
        return false;
      }
    }
    return text.charAt(text.length() - 1) != ':' && !isWord(text);
  }

  /**
   * Whether some reader takes the text without quotes for anything else than a text: for nothing, a
   * boolean, a number, a date or a merge key.
   */
  static boolean isAmbiguous(String text) {
    if (text.isEmpty() || text.equals("~") || text.equals("=") || text.equals("<<")) {
      return true;
    }
    String bare = text.charAt(0) == '+' || text.charAt(0) == '-' ? text.substring(1) : text;
    bare = bare.startsWith(".") ? bare.substring(1) : bare;
    return isWord(bare) || isNumeric(text);
  }

  /** Digits, and what stands between and around them in numbers and dates of any kind. */
  private static boolean isNumeric(String text) {
    if ("0123456789+-.".indexOf(text.charAt(0)) < 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdefABCDEFxXoO_+-.:tTzZ \t".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Words that some reader takes for a boolean, a number or nothing, in any case. */
  private static boolean isWord(String text) {
    return switch (lower(text)) {
      case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity" ->
          true;
      default -> false;
    };
  }

  private static String lower(String text) {
    return text.length() > 8 ? "" : text.toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** In double quotes, which mean the same in YAML and in JSON. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
