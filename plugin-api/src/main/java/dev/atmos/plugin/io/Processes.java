package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs other programs. Safe for use by several threads. */
@ImplementedByHost
public interface Processes {

  /** The file of a program that is called by its name, found by the variable {@code PATH}. */
  Optional<Path> find(String program);

  /** The words by which the operating system's shell runs a command line. */
  List<String> shell(String commandLine);

  /**
   * Runs a program to its end and returns its standard output. Its standard error is that of this
   * process.
   *
   * @throws IOException if it can't be started, writes more than {@link Program#mostBytes} or takes
   *     longer than {@link Program#limit}, in which case the program and its children have been
   *     stopped; the message says which of these, without any of the program's words
   */
  Outcome run(Program program) throws IOException;

  /** A program and how it is run. Immutable; methods that add something return a changed copy. */
  final class Program {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> words;
    private final @Nullable Path directory;
    private final @Nullable Secret input;
    private final List<Variable> variables;
    private final int mostBytes;
    private final Duration limit;

    private Program(
        List<String> words,
        @Nullable Path directory,
        @Nullable Secret input,
        List<Variable> variables,
        int mostBytes,
        Duration limit) {
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a program without a name");
      }
      this.words = List.copyOf(words);
      this.directory = directory;
      this.input = input;
      this.variables = List.copyOf(variables);
      this.mostBytes = mostBytes;
      this.limit = limit;
    }

    /**
     * A program that runs in the current directory, reads nothing, has the variables that the user
     * set, and may write 1 MiB within 30 seconds.
     *
     * @param words the program and its arguments; none may be a secret, because others can see them
     * @throws IllegalArgumentException if there are no words
     */
    public static Program of(List<String> words) {
      return new Program(words, null, null, List.of(), MOST_BYTES, LIMIT);
    }

    /** With the directory where it runs; null for the current directory. */
    public Program withDirectory(@Nullable Path path) {
      return new Program(words, path, input, variables, mostBytes, limit);
    }

    /** With its standard input; null for none. */
    public Program withInput(@Nullable Secret text) {
      return new Program(words, directory, text, variables, mostBytes, limit);
    }

    /** With variables that differ from those that the user set. */
    public Program withVariables(List<Variable> different) {
      return new Program(words, directory, input, different, mostBytes, limit);
    }

    /** With the number of bytes that it may write. */
    public Program withMostBytes(int count) {
      return new Program(words, directory, input, variables, count, limit);
    }

    /** With the time that it may take. */
    public Program withLimit(Duration length) {
      return new Program(words, directory, input, variables, mostBytes, length);
    }

    /** The program and its arguments. */
    public List<String> words() {
      return words;
    }

    /** Where it runs; null for the current directory. */
    public @Nullable Path directory() {
      return directory;
    }

    /** Its standard input; null for none. */
    public @Nullable Secret input() {
      return input;
    }

    /** The variables that differ from those that the user set. */
    public List<Variable> variables() {
      return variables;
    }

    /** How many bytes it may write. */
    public int mostBytes() {
      return mostBytes;
    }

    /** How long it may take. */
    public Duration limit() {
      return limit;
    }

    @Override
    public String toString() {
      return "Program[" + words + ", " + directory + ", " + variables + "]";
    }
  }

  /** An environment variable of a program. Immutable. */
  final class Variable {
    private final String name;
    private final @Nullable Secret value;

    private Variable(String name, @Nullable Secret value) {
      this.name = name;
      this.value = value;
    }

    /**
     * A variable.
     *
     * @param value null removes the variable
     */
    public static Variable of(String name, @Nullable Secret value) {
      return new Variable(name, value);
    }

    /** The name. */
    public String name() {
      return name;
    }

    /** The value; null removes the variable. */
    public @Nullable Secret value() {
      return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Variable that
          && name.equals(that.name)
          && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return "Variable[" + name + "]";
    }
  }

  /** The result of a program. Immutable. */
  final class Outcome {
    private final int exitCode;
    private final Secret output;

    private Outcome(int exitCode, Secret output) {
      this.exitCode = exitCode;
      this.output = output;
    }

    /**
     * A result.
     *
     * @param output its standard output, read as UTF-8
     */
    public static Outcome of(int exitCode, Secret output) {
      return new Outcome(exitCode, output);
    }

    /** The exit code. */
    public int exitCode() {
      return exitCode;
    }

    /** Its standard output, read as UTF-8. */
    public Secret output() {
      return output;
    }
  }
}
