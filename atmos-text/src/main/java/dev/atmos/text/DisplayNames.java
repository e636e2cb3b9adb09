package dev.atmos.text;

import java.util.List;
import java.util.stream.Collectors;

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
    String list =
        names.stream()
            .limit(LONGEST_LIST)
            .map(DisplayNames::shown)
            .collect(Collectors.joining(", "));
    int more = names.size() - LONGEST_LIST;
    return more > 0 ? list + " and " + more + " more" : list;
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
    return value.length() > LONGEST_VALUE || !value.matches("[ -~]*")
        ? what
        : what + " '" + value + "'";
  }

  private static String shown(String name) {
    return TerminalText.line(name, LONGEST_NAME);
  }
}
