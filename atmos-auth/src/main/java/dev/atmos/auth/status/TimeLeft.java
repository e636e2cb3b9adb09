package dev.atmos.auth.status;

import dev.atmos.services.Services;
import dev.atmos.text.TimeSpans;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Ends for people: the local time, and how long that is from now. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * {@code 02:33 (8 h)}; with the date where it is more than a day away, and {@code 02:33
   * (expired)} where it is over.
   */
  public static String until(Instant end, Services services) {
    Duration left = Duration.between(services.clock().instant(), end);
    String span = left.toSeconds() <= 0 ? "expired" : TimeSpans.words(left);
    return time(end, left, services) + " (" + span + ")";
  }

  /** {@code 09:12}; with the date where it is more than a day away. */
  static String at(Instant time, Services services) {
    return time(time, Duration.between(services.clock().instant(), time), services);
  }

  private static String time(Instant time, Duration away, Services services) {
    OffsetDateTime local = time.atOffset(services.offsetAt(time));
    String clock = twoDigits(local.getHour()) + ":" + twoDigits(local.getMinute());
    return Math.abs(away.toHours()) < 24 ? clock : local.toLocalDate() + " " + clock;
  }

  private static String twoDigits(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  /** In one unit, for a prompt: {@code 2d}, {@code 7h}, {@code 42m}. */
  static String brief(Duration left) {
    if (left.toHours() >= 48) {
      return left.toDays() + "d";
    }
    return left.toMinutes() >= 60 ? left.toHours() + "h" : left.toMinutes() + "m";
  }
}
