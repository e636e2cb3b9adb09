package dev.atmos.services.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as the configuration writes them: the units of Go ({@code 1h30m}, {@code 1.5h},
 * {@code 500ms}), a whole number of seconds ({@code 3600}), or of days ({@code 7d}).
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go's time.ParseDuration</a>
 */
public final class DurationText {
  private static final String NUMBER = "(?:[0-9]{1,19}(?:\\.[0-9]{0,19})?|\\.[0-9]{1,19})";
  private static final String UNIT = "(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)";

  /** Bounded everywhere, because the text may be of any length; and more than nothing. */
  public static final String PATTERN =
      "(?=[^1-9]*[1-9])(?:[0-9]{1,9}|[0-9]{1,5}d|(?:" + NUMBER + UNIT + "){1,9})";

  /** What a text of that form is, for messages. */
  public static final String FORMAT = "a length of time in d, h, m or s, or a number of seconds";

  private DurationText() {}

  /** The length; null if the text isn't one, or if it is nothing or longer than Go can count. */
  public static @Nullable Duration parse(String text) {
    if (!Pattern.matches(PATTERN, text)) {
      return null;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = Pattern.compile("([0-9.]+)([^0-9.]*)").matcher(text);
    while (part.find()) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
    }
    if (nanos.compareTo(BigDecimal.ONE) < 0
        || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return null;
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "ms" -> 1_000_000L;
          case "s", "" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "d" -> 86_400_000_000_000L;
          default -> 1_000L;
        });
  }
}
