package dev.atmos.cli.port;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Threads for the code of third parties' plugins, so that none can keep the program waiting. */
public interface PluginThreads {

  /** A call of a plugin's code. */
  interface Call<T extends @Nullable Object> {
    T run() throws Throwable;
  }

  /**
   * Runs a call on a thread of its own, which has the caller's context class loader.
   *
   * @param name of the thread
   * @throws TimeoutException if the call took longer; it is interrupted, and may go on all the same
   * @throws Throwable whatever the call throws
   */
  <T extends @Nullable Object> T call(String name, Duration limit, Call<T> call) throws Throwable;
}
