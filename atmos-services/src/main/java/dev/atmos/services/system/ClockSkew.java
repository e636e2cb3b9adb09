package dev.atmos.services.system;

import dev.atmos.text.TimeSpans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the clock of this machine is ahead of AWS's; negative if it is behind. Only what is worth
 * a correction: AWS takes less as it is, and what is a day or more wrong is for a person to mend.
 *
 * @param ahead how far
 * @param setting what changes if someone sets the clock, or starts the machine again: its time less
 *     the uptime, in seconds
 */
public record ClockSkew(Duration ahead, long setting) {
  private static final Duration LEAST = Duration.ofMinutes(2);
  private static final Duration MOST = Duration.ofHours(24);

  /** How far the clock may drift before it counts as set. Less than {@link #LEAST}. */
  private static final int DRIFT_SECONDS = 60;

  /** What an answer shows that has just come in; null if that isn't worth a correction. */
  public static @Nullable ClockSkew shown(Instant theirs, Clock local, Sleeper sleeper) {
    return worthwhile(Duration.between(theirs, local.instant()), setting(local, sleeper));
  }

  /**
   * Reads what {@link #text} has made; null if the text is anything else, or if the clock was set
   * or the machine started in the meantime.
   */
  public static @Nullable ClockSkew kept(String text, Clock local, Sleeper sleeper) {
    int space = text.indexOf(' ');
    try {
      long setting = Long.parseLong(text.substring(space + 1));
      boolean same = Math.abs(setting(local, sleeper) - setting) <= DRIFT_SECONDS;
      Duration ahead = Duration.ofSeconds(Integer.parseInt(text.substring(0, Math.max(0, space))));
      return same ? worthwhile(ahead, setting) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable ClockSkew worthwhile(Duration ahead, long setting) {
    Duration away = absolute(ahead);
    boolean matters = away.compareTo(LEAST) >= 0 && away.compareTo(MOST) < 0;
    return matters ? new ClockSkew(ahead, setting) : null;
  }

  private static long setting(Clock local, Sleeper sleeper) {
    return local.instant().getEpochSecond() - sleeper.uptime().toSeconds();
  }

  /** A line for {@link #kept}. */
  public String text() {
    return ahead.toSeconds() + " " + setting;
  }

  /** The clock as AWS has it. */
  public Clock corrected(Clock local) {
    return Clock.offset(local, Duration.ZERO.minus(ahead));
  }

  private static Duration absolute(Duration ahead) {
    return ahead.isNegative() ? Duration.ZERO.minus(ahead) : ahead;
  }

  /** A sentence about a clock that is so far ahead. */
  public static String sentence(Duration ahead) {
    return "the clock of this machine is "
        + TimeSpans.words(absolute(ahead))
        + (ahead.isNegative() ? " behind" : " ahead of")
        + " AWS's";
  }
}
