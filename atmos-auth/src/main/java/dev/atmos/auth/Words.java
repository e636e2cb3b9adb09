package dev.atmos.auth;

import java.util.List;

/** Names as messages show them: on one line, and not without end. */
public final class Words {
  private static final int LONGEST_LIST = 10;
  private static final int LONGEST_NAME = 100;

  private Words() {}

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

  /** As one word of a command for a POSIX shell: in single quotes if it needs them. */
  public static String forShell(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '/'
              || c == '-';
      if (!plain) {
        return "'" + withoutControls(name).replace("'", "'\\''") + "'";
      }
    }
    return name.isEmpty() ? "''" : name;
  }

  private static String shown(String name) {
    String line = withoutControls(name);
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
  }

  /** Without what would break or change the line that it stands on. */
  public static String onOneLine(String text) {
    return withoutControls(text);
  }

  private static String withoutControls(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean invisible =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == '\u2028'
              || c == '\u2029';
      text.append(invisible ? '?' : c);
    }
    return text.toString();
  }
}
