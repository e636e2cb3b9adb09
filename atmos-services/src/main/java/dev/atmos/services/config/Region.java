package dev.atmos.services.config;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import java.util.Locale;

/**
 * An AWS region, such as {@code us-east-2}: two to four lower-case letters, one or more words of
 * lower-case letters, and a number of one or two digits, joined by dashes; at most 63 characters,
 * because it becomes a label of a host name (RFC 1035, 2.3.4). Regions that AWS has yet to open
 * have this shape too, so no list of regions is needed.
 */
public record Region(String text) {
  private static final int MAX_LENGTH = 63;

  /**
   * @throws AtmosException with {@link ExitCode#USAGE} if the text doesn't have a region's shape
   */
  public Region {
    if (!isRegion(text)) {
      throw refused(text);
    }
  }

  /**
   * A region from another source than {@code --region}.
   *
   * @param source the source's name in messages
   * @throws AtmosException with {@link ExitCode#USAGE} if the text isn't a region
   */
  public static Region of(String source, String text) {
    if (!isRegion(text)) {
      throw new AtmosException(
          ExitCode.USAGE,
          DisplayNames.withValue(source, text) + " is not an AWS region",
          "a region looks like us-east-2; or say which: --region REGION");
    }
    return new Region(text);
  }

  /** Whether a text is a region, which becomes a label of a host's name wherever it is used. */
  public static boolean isRegion(String text) {
    int length = text.length();
    if (length > MAX_LENGTH) {
      return false;
    }
    int at = lowerCaseLetters(text, 0);
    if (at < 2 || at > 4) {
      return false;
    }
    int words = 0;
    while (at + 1 < length && text.charAt(at) == '-') {
      int end = lowerCaseLetters(text, at + 1);
      if (end == at + 1) {
        break;
      }
      words++;
      at = end;
    }
    int digits = length - at - 1;
    return words > 0
        && (digits == 1 || digits == 2)
        && text.charAt(at) == '-'
        && isDigit(text.charAt(at + 1))
        && isDigit(text.charAt(length - 1));
  }

  /** The index after the lower-case letters that start at {@code from}. */
  private static int lowerCaseLetters(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static AtmosException refused(String text) {
    String corrected = text.strip().toLowerCase(Locale.ROOT);
    return new AtmosException(
        ExitCode.USAGE,
        DisplayNames.withValue("--region", text) + " is not an AWS region",
        isRegion(corrected)
            ? "did you mean --region " + corrected
            : "a region looks like us-east-2");
  }
}
