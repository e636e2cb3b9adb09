package dev.atmos.plugin.testkit;

import dev.atmos.services.system.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sleeper that take no time, and let a {@link FakeClock} go on. */
public final class FakePauses implements Sleeper {
  private final FakeClock clock;
  private final List<Duration> taken = new ArrayList<>();
  private Runnable during = () -> {};

  /** Over that clock. */
  public FakePauses(FakeClock clock) {
    this.clock = clock;
  }

  /** What happens in the world during each pause. */
  public FakePauses during(Runnable action) {
    during = action;
    return this;
  }

  /** The pauses so far. */
  public List<Duration> taken() {
    return List.copyOf(taken);
  }

  @Override
  public Duration uptime() {
    return Duration.between(Instant.EPOCH, clock.instant());
  }

  @Override
  public synchronized void pause(Duration length) {
    taken.add(length);
    clock.advance(length);
    during.run();
  }
}
