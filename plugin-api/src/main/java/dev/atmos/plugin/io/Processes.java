package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Other programs that a plugin runs. */
@ImplementedByHost
public interface Processes {

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

  /** What is run. */
  final class Program {
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
      words = List.copyOf(words);
      variables = List.copyOf(variables);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a program without a name");
      }
      this.words = words;
      this.directory = directory;
      this.input = input;
      this.variables = variables;
      this.mostBytes = mostBytes;
      this.limit = limit;
    }

    /**
     * With these parts.
     *
     * @param words the program and its arguments, of which none is a secret: others can see them
     * @param directory where it is run; null for where this process is
     * @param input what it reads from its standard input; null for nothing
     * @param variables what its variables differ in from those that the user set
     * @param mostBytes how much it may write
     * @param limit how long it may take
     * @throws IllegalArgumentException if there are no words
     */
    public static Program of(
        List<String> words,
        @Nullable Path directory,
        @Nullable Secret input,
        List<Variable> variables,
        int mostBytes,
        Duration limit) {
      return new Program(words, directory, input, variables, mostBytes, limit);
    }

    /** The program and its arguments, of which none is a secret: others can see them. */
    public List<String> words() {
      return words;
    }

    /** Where it is run; null for where this process is. */
    public @Nullable Path directory() {
      return directory;
    }

    /** What it reads from its standard input; null for nothing. */
    public @Nullable Secret input() {
      return input;
    }

    /** What its variables differ in from those that the user set. */
    public List<Variable> variables() {
      return variables;
    }

    /** How much it may write. */
    public int mostBytes() {
      return mostBytes;
    }

    /** How long it may take. */
    public Duration limit() {
      return limit;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Program that
          && java.util.Objects.equals(words, that.words)
          && java.util.Objects.equals(directory, that.directory)
          && java.util.Objects.equals(input, that.input)
          && java.util.Objects.equals(variables, that.variables)
          && mostBytes == that.mostBytes
          && java.util.Objects.equals(limit, that.limit);
    }

    @Override
    public int hashCode() {
      return java.util.Objects.hash(words, directory, variables, mostBytes, limit);
    }

    @Override
    public String toString() {
      return "Program["
          + words
          + ", "
          + directory
          + ", "
          + variables
          + ", "
          + mostBytes
          + ", "
          + limit
          + "]";
    }
  }

  /** An environment variable of a process that is started. */
  final class Variable {
    private final String name;
    private final @Nullable Secret value;

    private Variable(String name, @Nullable Secret value) {
      this.name = name;
      this.value = value;
    }

    /**
     * With these parts.
     *
     * @param value null to take it away
     */
    public static Variable of(String name, @Nullable Secret value) {
      return new Variable(name, value);
    }

    /** The name. */
    public String name() {
      return name;
    }

    /** Null to take it away. */
    public @Nullable Secret value() {
      return value;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Variable that
          && java.util.Objects.equals(name, that.name)
          && java.util.Objects.equals(value, that.value);
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

  /** What a program left behind. */
  final class Outcome {
    private final int exitCode;
    private final Secret output;

    private Outcome(int exitCode, Secret output) {
      this.exitCode = exitCode;
      this.output = output;
    }

    /**
     * With these parts.
     *
     * @param output what it wrote to its standard output, as UTF-8
     */
    public static Outcome of(int exitCode, Secret output) {
      return new Outcome(exitCode, output);
    }

    /** The exitCode. */
    public int exitCode() {
      return exitCode;
    }

    /** What it wrote to its standard output, as UTF-8. */
    public Secret output() {
      return output;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Outcome that
          && exitCode == that.exitCode
          && java.util.Objects.equals(output, that.output);
    }

    @Override
    public int hashCode() {
      return exitCode;
    }

    @Override
    public String toString() {
      return "Outcome[" + exitCode + "]";
    }
  }
}
