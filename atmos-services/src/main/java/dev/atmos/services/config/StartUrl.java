package dev.atmos.services.config;

import java.util.Locale;

/** The spellings of a start URL of IAM Identity Center. On the token path. */
public final class StartUrl {
  private static final String SCHEME_END = "://";

  private StartUrl() {}

  /**
   * A URL as it is sent: in the one form that the spellings of it share which people copy from a
   * browser and type into a shell. The scheme and the host are in lower case; a query, a fragment
   * (also one whose {@code #} a shell has quoted) and a slash at the end are left out. Whatever
   * else is there may lead elsewhere.
   */
  public static String normalized(String url) {
    int end = url.length();
    int query = url.indexOf('?');
    int fragment = url.indexOf('#');
    if (query >= 0) {
      end = query;
    }
    if (fragment >= 0 && fragment < end) {
      end = fragment > 0 && url.charAt(fragment - 1) == '\\' ? fragment - 1 : fragment;
    }
    if (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    String sent = url.substring(0, end);
    int host = sent.indexOf(SCHEME_END);
    int path = host < 0 ? 0 : sent.indexOf('/', host + SCHEME_END.length());
    int origin = path < 0 ? end : path;
    for (int i = 0; i < origin; i++) {
      if (sent.charAt(i) >= 'A' && sent.charAt(i) <= 'Z') {
        return sent.substring(0, origin).toLowerCase(Locale.ROOT).concat(sent.substring(origin));
      }
    }
    return sent;
  }
}
