package dev.atmos.aws.eks.token;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A moment in whole seconds of UTC, in the two formats that a token needs. The locale has no
 * influence.
 *
 * @param epochSecond seconds since 1970-01-01T00:00:00Z
 */
public record UtcSecond(long epochSecond) {

  /** {@code yyyymmddThhmmssZ}, as SigV4 writes it; the first eight characters are the date. */
  String basic() {
    return write(false);
  }

  /** {@code yyyy-mm-ddThh:mm:ssZ}, as RFC 3339 and Kubernetes write it. */
  String extended() {
    return write(true);
  }

  private String write(boolean separated) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(20);
    twoDigits(out, time.getYear() / 100);
    twoDigits(out, time.getYear() % 100);
    separate(out, separated, '-');
    twoDigits(out, time.getMonthValue());
    separate(out, separated, '-');
    twoDigits(out, time.getDayOfMonth());
    out.append('T');
    twoDigits(out, time.getHour());
    separate(out, separated, ':');
    twoDigits(out, time.getMinute());
    separate(out, separated, ':');
    twoDigits(out, time.getSecond());
    return out.append('Z').toString();
  }

  private static void separate(StringBuilder out, boolean separated, char separator) {
    if (separated) {
      out.append(separator);
    }
  }

  private static void twoDigits(StringBuilder out, int number) {
    out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
