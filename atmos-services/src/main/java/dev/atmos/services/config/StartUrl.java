package dev.atmos.services.config;

/** The spellings of a start URL of IAM Identity Center. On the token path. */
public final class StartUrl {
  private StartUrl() {}

  /**
   * A URL in the one form that AWS's spellings of it share: a slash at the end or none, and behind
   * it the {@code #/} or {@code #} that the portal's own page shows in a browser. Whatever else is
   * there may lead elsewhere.
   */
  public static String normalized(String url) {
    int end = url.length();
    if (url.endsWith("#/")) {
      end -= 2;
    } else if (url.endsWith("#")) {
      end--;
    }
    return url.substring(0, end > 0 && url.charAt(end - 1) == '/' ? end - 1 : end);
  }
}
