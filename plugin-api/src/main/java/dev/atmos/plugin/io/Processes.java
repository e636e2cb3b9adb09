package dev.atmos.plugin.io;

import dev.atmos.plugin.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This process, and others that it starts or asks about. */
public interface Processes {

  /** This process. */
  ProcessIdentity self();

  /** Whether a process of this user's machine is running; false for another of the same number. */
  boolean isRunning(ProcessIdentity process);

  /** Where a program is that is called by its name, as the variable {@code PATH} says. */
  Optional<Path> find(String program);

  /** The words by which the operating system's shell runs a command line. */
  List<String> shell(String commandLine);

  /**
   * Runs a program to its end and takes what it writes to its standard output. Its standard error
   * is this process's.
   *
   * @throws IOException if it can't be started, writes more or takes longer than it may, in which
   *     case it and what it has started have been stopped; the message says which of these, and
   *     shows no word of it
   */
  Outcome run(Program program) throws IOException;

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
   * Starts a program and doesn't wait for it. It is kept away from this process: it has none of its
   * streams, no terminal where the system allows that, and none of the variables whose names speak
   * of secrets.
   *
   * @param words the program and its arguments, of which none is a secret
   * @throws IOException if it can't be started; the message shows no word of it
   */
  void launch(List<String> words) throws IOException;

  /**
   * Has something put in order if this process is ended in the middle of its work: by Ctrl-C, by
   * {@code SIGTERM}, or because its session ends. Its other threads go on meanwhile; it ends when
   * that is done. What ends by itself, or is killed, doesn't come to it.
   *
   * @param action what is done, on another thread; it has to be short
   * @return takes this back when it is closed
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#INTERRUPTED} if
   *     this process is being ended already
   */
  Registration onInterrupt(Runnable action);

  /** Something that is to be done, as long as this isn't closed. */
  interface Registration extends AutoCloseable {

    @Override
    void close();
  }

  /**
   * What is run.
   *
   * @param words the program and its arguments, of which none is a secret: others can see them
   * @param directory where it is run; null for where this process is
   * @param input what it reads from its standard input; null for nothing
   * @param variables what its variables differ in from those that the user set
   * @param mostBytes how much it may write
   * @param limit how long it may take
   */
  record Program(
      List<String> words,
      @Nullable Path directory,
      @Nullable Secret input,
      List<Variable> variables,
      int mostBytes,
      Duration limit) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there are no words
     */
    public Program {
      words = List.copyOf(words);
      variables = List.copyOf(variables);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a program without a name");
      }
    }
  }

  /**
   * An environment variable of a process that is started.
   *
   * @param value null to take it away
   */
  record Variable(String name, @Nullable Secret value) {}

  /**
   * What a program left behind.
   *
   * @param output what it wrote to its standard output, as UTF-8
   */
  record Outcome(int exitCode, Secret output) {}
}
