package dev.atmos.auth.command;

import dev.atmos.text.TextTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How times and facts are shown. */
final class HumanTime {
  private HumanTime() {}

  /** A time for programs, in whole seconds; null for null. */
  static @Nullable String seconds(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A time for people, with how long that is from now; null for null. */
  static @Nullable String until(@Nullable Instant end, Clock clock) {
    if (end == null) {
      return null;
    }
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .format(end.atOffset(ZoneOffset.UTC));
    return time + " (" + left(Duration.between(clock.instant(), end)) + ")";
  }

  /** How long something lasts, in its two largest units. */
  private static String left(Duration length) {
    if (length.toSeconds() <= 0) {
      return "expired";
    }
    if (length.toDays() > 0) {
      return "in " + length.toDays() + "d " + length.toHoursPart() + "h";
    }
    if (length.toHours() > 0) {
      return "in " + length.toHours() + "h " + length.toMinutesPart() + "m";
    }
    String seconds = length.toSecondsPart() + "s";
    return length.toMinutes() > 0 ? "in " + length.toMinutes() + "m " + seconds : "in " + seconds;
  }

  /** Facts, one to a line; those that aren't known are left out. */
  static String facts(Map<String, @Nullable String> facts) {
    TextTable table = new TextTable();
    facts.forEach((label, value) -> {
      if (value != null) {
        table.row(label, value);
      }
    });
    return table.render();
  }
}
