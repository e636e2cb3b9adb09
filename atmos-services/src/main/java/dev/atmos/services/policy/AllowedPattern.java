package dev.atmos.services.policy;

import dev.atmos.services.config.StartUrl;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value that a policy lists: the value itself, or with a {@code *} for the first label of a host
 * ({@code https://*.example.com/start}) or for the end behind a {@code /} or {@code -} ({@code
 * https://acme.awsapps.com/*}, {@code eu-*}). URLs are compared in their normal form, and one that
 * has none, such as one with {@code ..} in its path, is no listed one.
 */
final class AllowedPattern {
  private static final String SCHEME_END = "://";

  /** What would begin another part of a URL, or another label of its host. */
  private static final String ENDS_A_LABEL = "./:";

  /** What can be written in more than one way, or isn't read as the same by everybody. */
  private static final String AMBIGUOUS = "%\\?#@";

  private AllowedPattern() {}

  static boolean matches(String pattern, String text) {
    String allowed = normal(pattern);
    String value = normal(text);
    if (allowed == null || value == null) {
      return false;
    }
    int star = allowed.indexOf('*');
    if (star < 0) {
      return allowed.equals(value);
    }
    String before = allowed.substring(0, star);
    String after = allowed.substring(star + 1);
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

  /**
   * A URL with its scheme and host in lower case, and without a port that goes without saying and
   * what {@link StartUrl} leaves out; any other text as it is. Null where the path of the URL can
   * mean another one.
   */
  private static @Nullable String normal(String written) {
    int host = written.indexOf(SCHEME_END) + SCHEME_END.length();
    if (host < SCHEME_END.length()) {
      return written;
    }
    String text = StartUrl.normalized(written);
    int slash = text.indexOf('/', host);
    int path = slash < 0 ? text.length() : slash;
    String origin = text.substring(0, path).toLowerCase(Locale.ROOT);
    String port = origin.startsWith("https") ? ":443" : ":80";
    String below = text.substring(path).concat("/");
    for (int i = host; i < text.length(); i++) {
      if (AMBIGUOUS.indexOf(text.charAt(i)) >= 0) {
        return null;
      }
    }
    return below.contains("//") || below.contains("/./") || below.contains("/../")
        ? null
        : (origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin)
            .concat(text.substring(path));
  }
}
