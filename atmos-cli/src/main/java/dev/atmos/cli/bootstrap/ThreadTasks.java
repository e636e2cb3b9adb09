package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.ParallelTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Threads of the platform: virtual ones would load more than the few that are needed cost. */
final class ThreadTasks implements ParallelTasks {

  @Override
  public <T> List<T> all(List<Supplier<T>> actions, int atOnce) {
    if (actions.isEmpty()) {
      return List.of();
    }
    List<Callable<T>> calls = new ArrayList<>();
    for (Supplier<T> action : actions) {
      calls.add(action::get);
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.clamp(atOnce, 1, actions.size()))) {
      for (Future<T> future : threads.invokeAll(calls)) {
        if (future.state() == Future.State.FAILED) {
          throw unchecked(future.exceptionNow());
        }
        results.add(future.resultNow());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
    return results;
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
  }
}
