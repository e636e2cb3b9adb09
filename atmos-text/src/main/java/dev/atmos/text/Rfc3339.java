package dev.atmos.text;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that AWS and its tools write. By hand, because the formatters of {@code
 * java.time} take longer to load than a token takes to make.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, 5.6</a>
 */
public final class Rfc3339 {
  private static final int MALFORMED = -1;

  private Rfc3339() {}

  /**
   * The instant of a time with an offset; null if the text is anything else. Beyond the RFC it
   * takes an offset without a colon ({@code +0000}), which is what Python's {@code %z} writes.
   * Digits after the ninth of a fraction are dropped.
   */
  public static @Nullable Instant parse(String text) {
    int length = text.length();
    int year = number(text, 0, 4, 9999);
    int month = number(text, 5, 2, 12);
    int day = number(text, 8, 2, 31);
    int hour = number(text, 11, 2, 23);
    int minute = number(text, 14, 2, 59);
    int second = number(text, 17, 2, 60);
    if (length < 20
        || year < 0
        || text.charAt(4) != '-'
        || month < 1
        || text.charAt(7) != '-'
        || day < 1
        || day > daysOf(year, month)
        || "Tt ".indexOf(text.charAt(10)) < 0
        || hour < 0
        || text.charAt(13) != ':'
        || minute < 0
        || text.charAt(16) != ':'
        || second < 0) {
      return null;
    }
    int at = 19;
    int nanos = 0;
    if (text.charAt(at) == '.') {
      int unit = 100_000_000;
      int first = ++at;
      while (at < length && isDigit(text.charAt(at))) {
        nanos += (text.charAt(at) - '0') * unit;
        unit /= 10;
        at++;
      }
      if (at == first) {
        return null;
      }
    }
    int offset = offsetSeconds(text, at);
    if (offset == Integer.MIN_VALUE) {
      return null;
    }
    long seconds = daysSinceEpoch(year, month, day) * 86_400L;
    return Instant.ofEpochSecond(seconds + hour * 3_600L + minute * 60L + second - offset, nanos);
  }

  /** Seconds east of Greenwich; {@link Integer#MIN_VALUE} if that isn't an offset. */
  private static int offsetSeconds(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
      return 0;
    }
    boolean colon = left == 6 && text.charAt(at + 3) == ':';
    if (!colon && left != 5) {
      return Integer.MIN_VALUE;
    }
    char sign = text.charAt(at);
    int hours = number(text, at + 1, 2, 23);
    int minutes = number(text, at + (colon ? 4 : 3), 2, 59);
    if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '+' ? seconds : -seconds;
  }

  private static int number(String text, int start, int digits, int most) {
    if (start + digits > text.length()) {
      return MALFORMED;
    }
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      if (!isDigit(text.charAt(i))) {
        return MALFORMED;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number <= most ? number : MALFORMED;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return isLeap(year) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days from 1970-01-01, by the Gregorian calendar, counted from the first of a March. */
  private static int daysSinceEpoch(int year, int month, int day) {
    int marchYear = month > 2 ? year : year - 1;
    int century = Math.floorDiv(marchYear, 100);
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int daysOfYears = Math.floorDiv(1461 * marchYear, 4) - century + Math.floorDiv(century, 4);
    return daysOfYears + (153 * marchMonth + 2) / 5 + day - 1 - 719_468;
  }
}
