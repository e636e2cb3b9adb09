package dev.atmos.services.system;

import java.time.Duration;
import java.util.Optional;

/**
 * Takes what browsers and other programs on this machine send to 127.0.0.1. No other machine can
 * connect to it.
 */
public interface CallbackListener extends AutoCloseable {

  /** The port. */
  int port();

  /**
   * The next request, in the order in which they came.
   *
   * @param wait how long to wait for it
   * @return empty if none has come
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#INTERRUPTED} if the thread is interrupted
   */
  Optional<CallbackRequest> next(Duration wait);

  /** Frees the port. Never fails. */
  @Override
  void close();
}
