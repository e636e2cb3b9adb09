package dev.atmos.cli.bootstrap.process;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A child that has this process's streams and terminal, where the launcher can't step aside for it.
 * An interrupt from the terminal reaches the child by itself, and this process only has to outlive
 * it; being asked to end is passed on.
 */
final class ForegroundProcess {
  private ForegroundProcess() {}

  static int run(ProcessBuilder builder) throws IOException {
    // Before the start: a signal in between must not leave the child without a parent.
    CompletableFuture<Process> child = new CompletableFuture<>();
    Runnable end =
        () -> {
          var _ = child.thenAccept(Process::destroy);
        };
    List<Runnable> undo = List.of(on("INT", () -> {}), on("TERM", end), on("HUP", end));
    try {
      Process process = builder.inheritIO().start();
      child.complete(process);
      return exitCode(process);
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private static int exitCode(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        // What interrupts this process ends the child.
        process.destroy();
      }
    }
  }

  /**
   * Handles a signal, as far as this Java can. Its class for that is named to no compiler, which
   * would warn of it whatever is done.
   *
   * @return puts things back
   */
  static Runnable on(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              ForegroundProcess.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Method handle = signals.getMethod("handle", signals, handlers);
      Object before = handle.invoke(null, signal, handler);
      return () -> {
        try {
          handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
          // It stays as it is until the process ends, which is soon.
        }
      };
    } catch (ReflectiveOperationException | RuntimeException e) {
      // This Java has no such signal, or no handlers of signals.
      return () -> {};
    }
  }
}
