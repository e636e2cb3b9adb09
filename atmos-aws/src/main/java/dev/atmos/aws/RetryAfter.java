package dev.atmos.aws;

import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.TimeSpans;
import java.time.Duration;
import java.time.Instant;
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
    Instant end = HttpDate.parse(value);
    return end == null ? Duration.ZERO : Duration.between(now, end);
  }

  /** For a pause that is longer than the caller can wait. */
  static NoConnectionException tooLong(Duration pause) {
    return new NoConnectionException(
        ExitCode.UNAVAILABLE,
        "AWS is busy; it says to try again in " + TimeSpans.words(pause),
        null,
        null);
  }
}
