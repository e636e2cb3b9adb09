package dev.atmos.plugin.base;

/**
 * The version of this API, which is not that of the program. A plugin is built against one version,
 * and the host accepts it if it {@linkplain #supports supports} that version.
 *
 * @param major changes when plugins have to be changed
 * @param minor changes when the API gains something
 */
public record ApiVersion(int major, int minor) {

  /** The version of the API that this class belongs to. */
  public static final ApiVersion CURRENT = new ApiVersion(0, 2);

  /**
   * The oldest version whose plugins still run on {@link #CURRENT}, as long as that is older than
   * 1.0. From 1.0 on, all versions with the same major number are compatible.
   */
  public static final ApiVersion COMPATIBLE_SINCE = new ApiVersion(0, 2);

  /**
   * Reads {@code major.minor}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static ApiVersion parse(String text) {
    int dot = text.indexOf('.');
    try {
      if (dot > 0) {
        return new ApiVersion(
            Integer.parseUnsignedInt(text.substring(0, dot)),
            Integer.parseUnsignedInt(text.substring(dot + 1)));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not an API version: " + text, e);
    }
    throw new IllegalArgumentException("not an API version: " + text);
  }

  /**
   * Whether a plugin that was built against another version runs on this one: the major number is
   * equal, and the minor number isn't newer; before 1.0, it isn't older than {@link
   * #COMPATIBLE_SINCE} either.
   */
  public boolean supports(ApiVersion other) {
    return supports(other, COMPATIBLE_SINCE);
  }

  boolean supports(ApiVersion other, ApiVersion since) {
    return major == other.major
        && other.minor <= minor
        && (major > 0 || other.minor >= since.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
