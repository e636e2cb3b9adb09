package dev.atmos.services.testing;

import dev.atmos.plugin.testkit.FakeClock;
import dev.atmos.services.system.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A sleeper whose pauses take no time, and advance a {@link FakeClock}. */
public final class FakeSleeper implements Sleeper {
  private final FakeClock clock;
  private final List<Duration> taken = new ArrayList<>();
  private Runnable during = () -> {};
  private Duration set = Duration.ZERO;

  /** A sleeper over that clock. */
  public FakeSleeper(FakeClock clock) {
    this.clock = clock;
  }

  /** Sets what happens during each pause. */
  public FakeSleeper during(Runnable action) {
    during = action;
    return this;
  }

  /** The pauses so far. */
  public List<Duration> taken() {
    return List.copyOf(taken);
  }

  /** Sets the clock forward, or back. */
  public void setClock(Duration forward) {
    set = set.plus(forward);
    clock.advance(forward);
  }

  @Override
  public Duration uptime() {
    return Duration.between(Instant.EPOCH, clock.instant()).minus(set);
  }

  @Override
  public synchronized void pause(Duration length) {
    taken.add(length);
    clock.advance(length);
    during.run();
  }
}
