package dev.atmos.text;

import java.time.Duration;

/** Words for lengths of time in messages. */
public final class TimeSpans {
  private TimeSpans() {}

  /** A length, to the unit that matters: {@code 100 s}, {@code 20 min}, {@code 1 h 30 min}. */
  public static String words(Duration length) {
    if (length.toMinutes() < 2) {
      return length.toSeconds() + " s";
    }
    if (length.toDays() > 1) {
      return length.toDays() + " days";
    }
    String minutes = length.toMinutesPart() == 0 ? "" : length.toMinutesPart() + " min";
    if (length.toHours() == 0) {
      return minutes;
    }
    return minutes.isEmpty() ? length.toHours() + " h" : length.toHours() + " h " + minutes;
  }
}
