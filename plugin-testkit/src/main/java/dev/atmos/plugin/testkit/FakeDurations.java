package dev.atmos.plugin.testkit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time as the host does. */
final class FakeDurations {
  static final String FORMAT = "a length of time in d, h, m or s, or a number of seconds";

  private static final String NUMBER = "(?:[0-9]{1,19}(?:\\.[0-9]{0,19})?|\\.[0-9]{1,19})";
  private static final Pattern PART = Pattern.compile("(" + NUMBER + ")(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern PARTS = Pattern.compile("(?:" + PART.pattern() + "){1,9}");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "µs", BigDecimal.valueOf(1_000),
          "μs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private FakeDurations() {}

  /** The length of time; empty if the text isn't one, or isn't positive. */
  static Optional<Duration> parse(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    if (text.matches("[0-9]{1,9}")) {
      nanos = new BigDecimal(text).movePointRight(9);
    } else if (text.matches("[0-9]{1,5}d")) {
      nanos = new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(9);
      nanos = nanos.multiply(BigDecimal.valueOf(86_400));
    } else if (PARTS.matcher(text).matches()) {
      Matcher part = PART.matcher(text);
      while (part.find()) {
        BigDecimal number =
            new BigDecimal("0" + part.group(1) + (part.group(1).endsWith(".") ? "0" : ""));
        nanos = nanos.add(number.multiply(NANOS.getOrDefault(part.group(2), BigDecimal.ZERO)));
      }
    }
    boolean fits =
        nanos.compareTo(BigDecimal.ONE) >= 0
            && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? Optional.of(Duration.ofNanos(nanos.longValue())) : Optional.empty();
  }
}
