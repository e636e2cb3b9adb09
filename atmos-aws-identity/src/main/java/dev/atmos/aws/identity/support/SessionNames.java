package dev.atmos.aws.identity.support;

/**
 * Names of role sessions as STS accepts them: 2 to 64 letters, digits and {@code _+=,.@-}.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
 *     AssumeRole, RoleSessionName</a>
 */
public final class SessionNames {
  private static final int LONGEST = 64;
  private static final int SHORTEST = 2;
  private static final String DEFAULT = "atmos-session";

  private SessionNames() {}

  /** The name, shortened, with dashes in place of characters that aren't allowed. */
  public static String of(String wanted) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < wanted.length() && name.length() < LONGEST; i++) {
      char c = wanted.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_+=,.@-".indexOf(c) >= 0;
      name.append(allowed ? c : '-');
    }
    while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
      name.setLength(name.length() - 1);
    }
    return name.length() < SHORTEST ? DEFAULT : name.toString();
  }
}
