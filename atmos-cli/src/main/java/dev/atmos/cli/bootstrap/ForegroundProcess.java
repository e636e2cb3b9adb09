package dev.atmos.cli.bootstrap;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child that has this process's streams and terminal, where the launcher can't step aside for it.
 * An interrupt from the terminal reaches the child by itself, and this process only has to outlive
 * it; being asked to end is passed on.
 */
final class ForegroundProcess {
  private ForegroundProcess() {}

  static int run(ProcessBuilder builder) throws IOException {
    // Before the start: a signal in between must not leave the child without a parent.
    List<Runnable> undo = new ArrayList<>();
    Child child = new Child();
    undo.add(on("INT", () -> {}));
    undo.add(on("TERM", child::end));
    undo.add(on("HUP", child::end));
    try {
      child.start(builder);
      return child.exitCode();
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private static final class Child {
    private volatile @Nullable Process process;
    private volatile boolean asked;

    void start(ProcessBuilder builder) throws IOException {
      Process started = builder.inheritIO().start();
      process = started;
      if (asked) {
        started.destroy();
      }
    }

    void end() {
      asked = true;
      Process started = process;
      if (started != null) {
        started.destroy();
      }
    }

    int exitCode() {
      Process started = process;
      if (started == null) {
        throw new IllegalStateException("not started");
      }
      while (true) {
        try {
          return started.waitFor();
        } catch (InterruptedException e) {
          // Whoever wants this process to end ends the child.
          started.destroy();
        }
      }
    }
  }

  /**
   * Handles a signal, as far as this Java can. Its class for that is named to no compiler, which
   * would warn of it whatever is done.
   *
   * @return puts things back
   */
  private static Runnable on(String name, Runnable action) {
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
      // There is no such signal here, or it is not to be had.
      return () -> {};
    }
  }
}
