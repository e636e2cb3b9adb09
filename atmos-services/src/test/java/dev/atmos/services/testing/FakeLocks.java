package dev.atmos.services.testing;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.Locks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Locks that are free, unless a test gives them to another process. */
public final class FakeLocks implements Locks {
  private final Set<Path> elsewhere = new HashSet<>();
  private final Set<Path> held = new HashSet<>();
  private final List<Path> taken = new ArrayList<>();
  private @Nullable String refusal;

  /** Locks of which all are free. */
  public FakeLocks() {}

  /** Gives a lock to another process, which keeps it. */
  public FakeLocks heldElsewhere(Path file) {
    elsewhere.add(file);
    return this;
  }

  /** No lock can be made from now on. */
  public void refuse(String why) {
    refusal = why;
  }

  /** The locks that were taken so far. */
  public List<Path> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void progress() {}

  @Override
  public <T> T exclusively(Path file, String purpose, Duration patience, Supplier<T> action) {
    if (refusal != null) {
      throw new AtmosException(
          ExitCode.FAILED,
          "can't keep a sign-in: " + refusal,
          "set ATMOS_XDG_STATE_HOME",
          new IOException(refusal));
    }
    if (elsewhere.contains(file)) {
      throw new AtmosException(
          ExitCode.UNAVAILABLE, "gave up waiting for " + purpose + ": process 1 holds " + file);
    }
    if (!held.add(file)) {
      throw new IllegalStateException("the lock is held already: " + purpose);
    }
    taken.add(file);
    try {
      return action.get();
    } finally {
      held.remove(file);
    }
  }
}
