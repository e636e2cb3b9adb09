package dev.atmos.services.system;

import java.util.List;
import java.util.function.Supplier;

/** Does several things at a time. */
public interface ParallelTasks {

  /**
   * Does all of them, and waits until all have ended.
   *
   * @param atOnce how many at a time
   * @return what they made, in their order
   * @throws RuntimeException what the first of them that failed, in their order, has thrown
   */
  <T> List<T> all(List<Supplier<T>> actions, int atOnce);
}
