package dev.atmos.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * The address of a git remote, taken apart. Whatever could be a token or a password in it is left
 * out: of a web address all user info, of any other the password.
 *
 * @param url the address, as it may be shown
 * @param host the host; empty where the remote is a directory
 * @param owner what stands before the name: a user, an organisation, or groups with {@code /}
 *     between them; empty if there is none
 * @param name the repository's name, without {@code .git}
 * @see <a href="https://git-scm.com/docs/git-fetch#_git_urls">Git URLs</a>
 */
record GitUrl(String url, String host, String owner, String name) {

  /** Takes an address apart; null if it isn't one that is understood. */
  static @Nullable GitUrl parse(String text) {
    int scheme = text.indexOf("://");
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    boolean drive = colon == 1 && Character.isLetter(text.charAt(0));
    if (text.isEmpty() || hasControl(text)) {
      return null;
    }
    if (scheme > 0 && scheme == colon) {
      return withScheme(text.substring(0, scheme), text.substring(scheme + 3));
    }
    if (colon > 0 && !drive && (slash < 0 || colon < slash)) {
      return scpLike(text, colon);
    }
    return colon == 0 ? null : directory(text, drive ? text.replace('\\', '/') : text);
  }

  private static @Nullable GitUrl withScheme(String scheme, String rest) {
    if (scheme.equals("file")) {
      return directory("file://" + rest, rest);
    }
    boolean web = scheme.equals("http") || scheme.equals("https");
    boolean ssh = scheme.equals("ssh") || scheme.equals("git+ssh") || scheme.equals("ssh+git");
    if (!web && !ssh && !scheme.equals("git") && !scheme.equals("ftp") && !scheme.equals("ftps")) {
      return null;
    }
    int end = firstOf(rest, "?#");
    int slash = rest.indexOf('/');
    if (slash < 0 || slash > end) {
      return null;
    }
    String authority = rest.substring(0, slash);
    String path = rest.substring(slash, end);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    String hostAndPort = authority.substring(at + 1);
    String host = withoutPort(hostAndPort);
    if (host == null || path.indexOf('@') >= 0) {
      // An '@' behind the host, or a port that is none: a password with a '/' in it.
      return null;
    }
    int password = user.indexOf(':');
    String shownUser = !ssh || user.isEmpty() ? "" : user.substring(0, orEnd(password, user)) + "@";
    return of(scheme + "://" + shownUser + hostAndPort + path, host, path);
  }

  /** {@code git@host:owner/name.git}. */
  private static @Nullable GitUrl scpLike(String text, int colon) {
    String before = text.substring(0, colon);
    String path = text.substring(colon + 1);
    String host = before.substring(before.lastIndexOf('@') + 1);
    // Two colons name a program; an '@' behind the first one follows a password.
    return host.isEmpty() || path.startsWith(":") || path.indexOf('@') >= 0
        ? null
        : of(text, host, path);
  }

  private static @Nullable GitUrl directory(String text, String path) {
    GitUrl parts = of(text, "", path);
    return parts == null ? null : new GitUrl(text, "", "", parts.name());
  }

  private static @Nullable GitUrl of(String url, String host, String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    if (path.startsWith(".git", end - 4) && end - start > 4) {
      end -= 4;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    if (start == end) {
      return null;
    }
    String whole = path.substring(start, end);
    int last = whole.lastIndexOf('/');
    return new GitUrl(
        url, host, last < 0 ? "" : whole.substring(0, last), whole.substring(last + 1));
  }

  /** Null if what stands behind the host is no port. */
  private static @Nullable String withoutPort(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', bracket + 1);
    for (int i = colon + 1; colon >= 0 && i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    String host = text.substring(0, orEnd(colon, text));
    return host.isEmpty() ? null : host;
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static int orEnd(int index, String text) {
    return index < 0 ? text.length() : index;
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
