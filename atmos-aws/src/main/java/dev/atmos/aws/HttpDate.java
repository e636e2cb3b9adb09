package dev.atmos.aws;

import dev.atmos.text.Rfc3339;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reads times of headers, by hand: every answer has one, and formatters take long to load.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, Date/Time
 *     Formats</a>
 */
final class HttpDate {
  /** Where its parts are: {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  private static final int LENGTH = 29;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDate() {}

  /** When the server made an answer; null if it doesn't say. */
  static @Nullable Instant of(SdkHttpResponse response) {
    return parse(response.firstMatchingHeader("Date").orElse(""));
  }

  /** A time in the form that servers write; null if the text is anything else. */
  static @Nullable Instant parse(String text) {
    int month = text.length() == LENGTH ? MONTHS.indexOf(text.substring(8, 11)) : -1;
    if (month < 0 || month % 3 > 0 || !text.endsWith(" GMT")) {
      return null;
    }
    String day = text.substring(5, 7);
    String number = Integer.toString(100 + month / 3 + 1).substring(1);
    return Rfc3339.parse(
        text.substring(12, 16) + "-" + number + "-" + day + "T" + text.substring(17, 25) + "Z");
  }
}
