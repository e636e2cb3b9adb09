package dev.atmos.auth.command;

import dev.atmos.auth.status.TimeLeft;
import dev.atmos.services.Services;
import dev.atmos.text.TextTable;
import java.time.Instant;
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
  static @Nullable String until(@Nullable Instant end, Services services) {
    return end == null ? null : TimeLeft.until(end, services);
  }

  /** Facts, one to a line; those that aren't known are left out. */
  static String facts(Map<String, @Nullable String> facts) {
    TextTable table = new TextTable();
    for (Map.Entry<String, @Nullable String> fact : facts.entrySet()) {
      if (fact.getValue() != null) {
        table.row(fact.getKey(), fact.getValue());
      }
    }
    return table.render();
  }
}
