package dev.atmos.services.system;

import dev.atmos.plugin.io.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This process, and others that it starts or asks about. */
public interface ProcessControl extends Processes {

  /** This process. */
  ProcessIdentity self();

  /** The process that has started this one, and runs; empty where the system doesn't tell. */
  default Optional<ProcessIdentity> parent() {
    return Optional.empty();
  }

  /**
   * Whether a process of this process's namespace is running; false for another of the same number.
   * Of processes of other namespaces, this says nothing.
   */
  boolean isRunning(ProcessIdentity process);

  /**
   * Gives a program the place of this process: its three streams, its terminal and its signals.
   * What is left to this process is to end with the exit code that this returns. Where the system
   * allows it, the program really replaces the process, and starts when that ends.
   *
   * @param words the program and its arguments, of which none is a secret
   * @param directory where it is run; null for where this process is
   * @param variables what its variables differ in from those that the user set; their names are
   *     made of letters, digits and underscores
   * @return its exit code; 128 and the number of the signal where one has ended it; 0 where it is
   *     still to start
   * @throws IOException if it can't be started; the message says why, and shows no word of it
   */
  int attach(List<String> words, @Nullable Path directory, List<Variable> variables)
      throws IOException;

  /**
   * Runs a program to its end, which reads nothing, and hands over what it writes, line by line. It
   * doesn't outlive this process.
   *
   * @param words the program and its arguments, of which none is a secret
   * @param directory where it is run
   * @param variables what its variables differ in from those that the user set
   * @param patience how long it has to end by itself where this process is interrupted
   * @param output takes the lines, one at a time
   * @return its exit code; 128 and the number of the signal where one has ended it
   * @throws IOException if it can't be started; the message says why, and shows no word of it
   */
  int follow(
      List<String> words,
      Path directory,
      List<Variable> variables,
      Duration patience,
      LineOutput output)
      throws IOException;

  /** What a program writes. */
  @FunctionalInterface
  interface LineOutput {

    /**
     * Takes a line.
     *
     * @param line without its end; what isn't UTF-8 is replaced
     * @param isError whether it was written to standard error
     */
    void line(String line, boolean isError);
  }

  /**
   * Starts a program and doesn't wait for it. It is kept away from this process: it has none of its
   * streams, no terminal where the system allows that, and none of the variables whose names speak
   * of secrets.
   *
   * @param words the program and its arguments, of which none is a secret
   * @return tells how it has ended
   * @throws IOException if it can't be started; the message shows no word of it
   */
  LaunchedProgram launch(List<String> words) throws IOException;

  /** A program that runs by itself. */
  @FunctionalInterface
  interface LaunchedProgram {

    /** Its exit code; empty while it runs. */
    Optional<Integer> exitCode();
  }

  /**
   * Has something put in order if this process is ended in the middle of its work: by Ctrl-C, by
   * {@code SIGTERM}, or because its session ends. Its other threads go on meanwhile; it ends when
   * that is done. What ends by itself, or is killed, doesn't come to it.
   *
   * @param action what is done, on another thread; it has to be short
   * @return takes this back when it is closed
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#INTERRUPTED} if this process is being ended already
   */
  Registration onInterrupt(Runnable action);

  /**
   * Has this process go on where Ctrl-C, {@code SIGTERM} or the end of its session would end it,
   * until that is closed, and for 30 s at most. It ends then, as it would have. The second of these
   * ends it at once.
   *
   * @param first what is done at the first, on another thread
   * @param second what is done at the second
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#INTERRUPTED} if this process is being ended already
   */
  Registration deferInterrupts(Runnable first, Runnable second);

  /** Something that is to be done, as long as this isn't closed. */
  interface Registration extends AutoCloseable {

    @Override
    void close();
  }
}
