package dev.atmos.cli.bootstrap;

import dev.atmos.cli.host.PluginClassLoader;
import dev.atmos.cli.port.PluginThreads;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Threads that don't keep the process alive. From the first one on, a plugin can't end it unseen.
 */
final class DaemonPluginThreads implements PluginThreads {

  DaemonPluginThreads() {
    Runtime.getRuntime().addShutdownHook(new Thread(DaemonPluginThreads::nameWhoEndsTheProcess));
  }

  @Override
  public <T extends @Nullable Object> T call(String name, Duration limit, Call<T> call)
      throws Throwable {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .start(() -> {
              try {
                answer.complete(call.run());
              } catch (Throwable e) {
                // Thrown again where the answer is awaited.
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      throw thrown == null ? e : thrown;
    } catch (TimeoutException e) {
      thread.interrupt();
      throw e;
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
  }

  /**
   * Runs when the process ends by {@code System.exit} or by a signal; the program itself halts,
   * which runs no hook. An exit has a plugin's code among its callers, and a signal hasn't.
   */
  private static void nameWhoEndsTheProcess() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      String plugin = endedBy(stack);
      if (plugin != null) {
        System.err.println(
            "atmos: plugin " + plugin + " ended the process; report it to its author");
        System.err.flush();
        Runtime.getRuntime().halt(ExitCode.PLUGIN.code());
      }
    }
  }

  private static @Nullable String endedBy(StackTraceElement[] stack) {
    boolean exits = false;
    for (StackTraceElement frame : stack) {
      exits |=
          frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
      String plugin = PluginClassLoader.pluginOf(frame);
      if (exits && plugin != null) {
        return plugin;
      }
    }
    return null;
  }
}
