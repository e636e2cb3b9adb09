package dev.atmos.plugin.base;

/**
 * The version of this API. A plugin runs where the major number is its own and the minor number is
 * at least its own; before 1.0 both must be equal.
 */
public record ApiVersion(int major, int minor) {

  /** The version of the API that this class belongs to. */
  public static final ApiVersion CURRENT = new ApiVersion(0, 1);

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

  /** Whether a plugin built against {@code other} can run where this version is offered. */
  public boolean supports(ApiVersion other) {
    if (major != other.major) {
      return false;
    }
    return major == 0 ? minor == other.minor : minor >= other.minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
