package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.system.ParallelTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
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
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    Error error = null;
    // Closing it waits for all of them, whatever has become of the others.
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(Math.max(1, atOnce), actions.size()))) {
      List<Future<T>> futures = new ArrayList<>();
      for (Supplier<T> action : actions) {
        futures.add(threads.submit(action::get));
      }
      for (Future<T> future : futures) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          if (failure == null && error == null) {
            if (e.getCause() instanceof Error thrown) {
              error = thrown;
            } else {
              failure =
                  e.getCause() instanceof RuntimeException thrown
                      ? thrown
                      : new IllegalStateException(e.getCause());
            }
          }
        } catch (InterruptedException e) {
          threads.shutdownNow();
          Thread.currentThread().interrupt();
          throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
        }
      }
    }
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }
}
