package dev.atmos.cli.bootstrap;

import dev.atmos.cli.bootstrap.FileLocks.LockNote;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether the holder of a lock moves: its note changes, or it works. Where many processes want the
 * processor, the holder may need a minute for what takes it a second otherwise.
 */
final class HolderWatch {
  /** How often the patience with one holder all holders together may take. */
  private static final int MOST_PATIENCE = 4;

  /** How often a holder is looked at while it has the patience. */
  private static final int LOOKS = 3;

  /** More than Java uses by itself in the time between two looks while it waits for an answer. */
  private static final Duration LEAST_WORK = Duration.ofMillis(50);

  private final LongFunction<Optional<Duration>> work;
  private final Duration patience;
  private final Duration began;
  private Duration moved;
  private Duration looked;
  private @Nullable LockNote note;
  private @Nullable Duration worked;

  /**
   * @param work how long the processor has worked for a process
   * @param now the uptime
   */
  HolderWatch(LongFunction<Optional<Duration>> work, Duration patience, Duration now) {
    this.work = work;
    this.patience = patience;
    this.began = now;
    this.moved = now;
    this.looked = now;
  }

  /** The last note of a holder; null if there was none. */
  @Nullable LockNote note() {
    return note;
  }

  /** Whether the patience is at its end. */
  boolean isOver(LockNote latest, Duration now) {
    LockNote before = note;
    if (before == null || !before.text().equals(latest.text())) {
      note = latest;
      worked = before != null && before.pid().equals(latest.pid()) ? worked : null;
      moved = now;
    } else if (now.minus(looked).compareTo(Duration.ofMillis(patience.toMillis() / LOOKS)) >= 0) {
      looked = now;
      look(latest, now);
    }
    return now.minus(moved).compareTo(patience) >= 0
        || now.minus(began).compareTo(Duration.ofMillis(patience.toMillis() * MOST_PATIENCE)) >= 0;
  }

  private void look(LockNote latest, Duration now) {
    if (latest.pid().isEmpty() || latest.pid().length() > 10) {
      return;
    }
    Duration before = worked;
    Duration all = work.apply(Long.parseLong(latest.pid())).orElse(null);
    if (all != null && before != null && all.minus(before).compareTo(LEAST_WORK) >= 0) {
      moved = now;
    }
    worked = all;
  }
}
