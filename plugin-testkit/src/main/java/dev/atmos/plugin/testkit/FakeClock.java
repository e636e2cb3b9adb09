package dev.atmos.plugin.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test advances. */
public final class FakeClock extends Clock {
  private volatile Instant now;

  /** Stopped at an instant. */
  public FakeClock(Instant now) {
    this.now = now;
  }

  /** Moves forward. */
  public synchronized void advance(Duration length) {
    now = now.plus(length);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalArgumentException("the program's clock is in UTC");
  }
}
