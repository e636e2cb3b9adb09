package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * How long a server asks to be left alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, Retry-After</a>
 */
final class RetryAfter {
  static final String HEADER = "Retry-After";

  private RetryAfter() {}

  /** Zero if an answer doesn't say, or not in a form that has a meaning. */
  static Duration of(SdkHttpResponse response, Instant now) {
    String value = response.firstMatchingHeader(HEADER).orElse("").strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      return Duration.between(
          now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** For a pause that is longer than the caller can wait. */
  static NoConnectionException tooLong(Duration pause) {
    String span;
    if (pause.toMinutes() < 2) {
      span = pause.toSeconds() + " s";
    } else {
      span = pause.toHours() < 1 ? pause.toMinutes() + " min" : pause.toHours() + " h";
    }
    return new NoConnectionException(
        ExitCode.UNAVAILABLE, "AWS is busy; it says to try again in " + span, null, null);
  }
}
