package dev.atmos.services.policy;

/**
 * A value that a policy lists: the value itself, or with a {@code *} for the first label of a host
 * ({@code https://*.example.com/start}) or for the end behind a {@code /} or {@code -} ({@code
 * https://acme.awsapps.com/*}, {@code eu-*}).
 */
final class AllowedPattern {
  /** What would begin another part of a URL, or another label of its host. */
  private static final String ENDS_A_LABEL = "./@:?#\\";

  private AllowedPattern() {}

  static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return stripped(pattern).equals(stripped(text));
    }
    String before = pattern.substring(0, star);
    String after = stripped(pattern.substring(star + 1));
    String value = stripped(text);
    if (value.length() <= before.length() + after.length()
        || !value.startsWith(before)
        || !value.endsWith(after)) {
      return false;
    }
    for (int i = before.length(); !after.isEmpty() && i < value.length() - after.length(); i++) {
      if (ENDS_A_LABEL.indexOf(value.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** All spellings of a start URL mean the same page. */
  private static String stripped(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '/' || text.charAt(end - 1) == '#')) {
      end--;
    }
    return text.substring(0, end);
  }
}
