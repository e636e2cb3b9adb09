package dev.atmos.text;

import java.util.List;

/** Names as messages show them: on one line, visible, and of limited length. */
public final class DisplayNames {
  private static final int LONGEST_LIST = 10;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_VALUE = 60;

  private DisplayNames() {}

  /** In single quotes. */
  public static String quoted(String name) {
    return "'" + shown(name) + "'";
  }

  /** Separated by commas; of a long list, the first ten and how many more there are. */
  public static String list(List<String> names) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(names.size(), LONGEST_LIST);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(shown(names.get(i)));
    }
    if (names.size() > shown) {
      text.append(" and ").append(names.size() - shown).append(" more");
    }
    return text.toString();
  }

  /** Separated by commas, and by "or" before the last. */
  public static String alternatives(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        text.append(i == names.size() - 1 ? " or " : ", ");
      }
      text.append(shown(names.get(i)));
    }
    return text.toString();
  }

  /**
   * A value in quotes after what it is the value of. Only the latter where the value is not ASCII,
   * or long: it may be a secret in the wrong place.
   */
  public static String withValue(String what, String value) {
    if (value.length() > LONGEST_VALUE) {
      return what;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return what;
      }
    }
    return what + " '" + value + "'";
  }

  private static String shown(String name) {
    return TerminalText.line(name, LONGEST_NAME);
  }
}
