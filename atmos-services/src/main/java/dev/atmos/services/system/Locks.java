package dev.atmos.services.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Has things done by one process, and one thread of it, at a time. */
public interface Locks {

  /**
   * Runs an action that no other process or thread runs under the same lock meanwhile. A lock dies
   * with its process. It isn't re-entrant.
   *
   * @param file a file of its own, beside what is locked, which stays; it is made, with directories
   *     for the owner only, where it is missing
   * @param purpose what is waited for, for the message: {@code the sign-in of corp}
   * @param patience how long a holder is waited for that makes no {@link #progress} and isn't even
   *     at work; the wait begins again when another has it
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if one holder has it for longer, which the
   *     message names, or if the holder that was waited for has failed with that; with {@link
   *     dev.atmos.plugin.base.ExitCode#FAILED}, and an {@link java.io.IOException} as its cause, if
   *     the file can't be made or opened
   */
  <T> T exclusively(Path file, String purpose, Duration patience, Supplier<T> action);

  /** Tells those who wait for this process's locks that it goes on: an answer has come. */
  void progress();
}
