package dev.atmos.services.testing;

import dev.atmos.services.system.ParallelTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs tasks one after the other, so that a test knows their order. */
public final class SequentialTasks implements ParallelTasks {

  /** Tasks without state. */
  public SequentialTasks() {}

  @Override
  public <T> List<T> all(List<Supplier<T>> actions, int atOnce) {
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Supplier<T> action : actions) {
      try {
        results.add(action.get());
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }
}
