package dev.atmos.services.testing;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeProcesses;
import dev.atmos.services.system.ProcessControl;
import dev.atmos.services.system.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine with the programs and the other processes that a test adds. */
public final class FakeProcessControl extends FakeProcesses implements ProcessControl {

  /**
   * A program that took the place of this process.
   *
   * @param words the program and its arguments
   * @param directory where it ran; null for the directory of this process
   * @param variables how its variables differed
   */
  public record Attached(List<String> words, @Nullable Path directory, List<Variable> variables) {

    /** The value of a variable that was set; null if it was removed or left as it is. */
    public @Nullable String variable(String name) {
      for (Variable variable : variables) {
        Secret value = variable.value();
        if (variable.name().equals(name) && value != null) {
          return value.reveal();
        }
      }
      return null;
    }
  }

  private final Set<ProcessIdentity> running = new HashSet<>();
  private volatile Optional<Integer> launchedCode = Optional.empty();
  private final List<List<String>> launches = new ArrayList<>();
  private final List<Attached> attached = new ArrayList<>();
  private final Set<Runnable> onInterrupt = new LinkedHashSet<>();
  private Consumer<List<String>> onLaunch = words -> {};
  private int exitCode;
  private boolean interrupted;
  private @Nullable ProcessIdentity parent;
  private ProcessIdentity self =
      new ProcessIdentity(4711, Instant.parse("2025-01-15T11:59:59Z"), "here");

  /** A machine without programs. */
  public FakeProcessControl() {}

  @Override
  public FakeProcessControl program(String name, Path place, Behaviour behaviour) {
    super.program(name, place, behaviour);
    return this;
  }

  /** Adds another process. */
  public FakeProcessControl running(ProcessIdentity process) {
    running.add(process);
    return this;
  }

  /** Another process has started this one; null for one that the system doesn't tell. */
  public FakeProcessControl parent(@Nullable ProcessIdentity identity) {
    parent = identity;
    return identity == null ? this : running(identity);
  }

  /** Ends another process. */
  public FakeProcessControl ended(ProcessIdentity process) {
    running.remove(process);
    return this;
  }

  @Override
  public Optional<ProcessIdentity> parent() {
    return Optional.ofNullable(parent);
  }

  /** Becomes another process. */
  public FakeProcessControl self(ProcessIdentity identity) {
    self = identity;
    return this;
  }

  /** Interrupts this process, which does what is registered for that. */
  public void interrupt() {
    List<Runnable> actions;
    synchronized (onInterrupt) {
      interrupted = true;
      actions = List.copyOf(onInterrupt);
    }
    actions.forEach(Runnable::run);
  }

  /** How many actions are registered for an interrupt. */
  public int toDoOnInterrupt() {
    synchronized (onInterrupt) {
      return onInterrupt.size();
    }
  }

  /** Sets what programs do that are started without waiting for them. */
  public FakeProcessControl onLaunch(Consumer<List<String>> action) {
    onLaunch = action;
    return this;
  }

  /** The programs that were started without waiting for them. */
  public List<List<String>> launches() {
    return List.copyOf(launches);
  }

  /** The programs that took the place of this process. */
  public List<Attached> attached() {
    return List.copyOf(attached);
  }

  /** Sets the exit code of programs that take the place of this process. */
  public FakeProcessControl attachedExits(int code) {
    exitCode = code;
    return this;
  }

  @Override
  public ProcessIdentity self() {
    return self;
  }

  @Override
  public boolean isRunning(ProcessIdentity process) {
    return process.equals(self) || running.contains(process);
  }

  @Override
  public int attach(List<String> words, @Nullable Path directory, List<Variable> variables)
      throws IOException {
    requireInstalled(words);
    attached.add(new Attached(List.copyOf(words), directory, List.copyOf(variables)));
    return exitCode;
  }

  @Override
  public int follow(
      List<String> words,
      Path directory,
      List<Variable> variables,
      Duration patience,
      LineOutput output)
      throws IOException {
    Program program = Program.of(words).withDirectory(directory).withVariables(variables);
    Outcome outcome = run(program);
    outcome.output().reveal().lines().forEach(line -> output.line(line, false));
    return outcome.exitCode();
  }

  @Override
  public synchronized LaunchedProgram launch(List<String> words) throws IOException {
    requireInstalled(words);
    launches.add(List.copyOf(words));
    onLaunch.accept(List.copyOf(words));
    return () -> launchedCode;
  }

  /** Ends all programs that are launched at once, with this exit code. */
  public FakeProcessControl endingLaunched(int exitCode) {
    launchedCode = Optional.of(exitCode);
    return this;
  }

  private void requireInstalled(List<String> words) throws IOException {
    if (!isInstalled(words.get(0))) {
      throw new IOException("can't be started");
    }
  }

  @Override
  public Registration deferInterrupts(Runnable first, Runnable second) {
    return onInterrupt(first);
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    // One object for each registration: the same action may be registered twice.
    Runnable each = () -> action.run();
    synchronized (onInterrupt) {
      if (interrupted) {
        throw new AtmosException(ExitCode.INTERRUPTED, "interrupted");
      }
      onInterrupt.add(each);
    }
    return () -> {
      synchronized (onInterrupt) {
        onInterrupt.remove(each);
      }
    };
  }
}
