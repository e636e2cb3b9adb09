package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.ProcessIdentity;
import dev.atmos.plugin.io.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine with the programs and the other processes that a test puts there. */
public final class FakeProcesses implements Processes {

  /** What a program does. */
  public interface Behaviour {

    /** Runs. */
    Outcome run(Program program) throws IOException;
  }

  /**
   * A program that has had this process's place.
   *
   * @param words the program and its arguments
   * @param directory where it ran; null for where this process is
   * @param variables what its variables differed in
   */
  public record Attached(List<String> words, @Nullable Path directory, List<Variable> variables) {

    /** The value of a variable that was set; null if it was taken away or left as it is. */
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

  private final Map<String, Behaviour> programs = new HashMap<>();
  private final Map<String, Path> places = new HashMap<>();
  private final Set<ProcessIdentity> running = new HashSet<>();
  private final List<Program> runs = new ArrayList<>();
  private final List<List<String>> launches = new ArrayList<>();
  private final List<Attached> attached = new ArrayList<>();
  private int exitCode;
  private final Set<Runnable> onInterrupt = new LinkedHashSet<>();
  private boolean interrupted;
  private ProcessIdentity self = new ProcessIdentity(4711, Instant.parse("2025-01-15T11:59:59Z"));

  /** Without any program. */
  public FakeProcesses() {}

  /** Puts a program there, which {@code find} finds at that path. */
  public FakeProcesses program(String name, Path place, Behaviour behaviour) {
    programs.put(name, behaviour);
    programs.put(place.toString(), behaviour);
    places.put(name, place);
    return this;
  }

  /** Has another process run. */
  public FakeProcesses running(ProcessIdentity process) {
    running.add(process);
    return this;
  }

  /** Is another process than before. */
  public FakeProcesses self(ProcessIdentity identity) {
    self = identity;
    return this;
  }

  /** Is ended in the middle of its work, and does what is to be done then. */
  public void interrupt() {
    List<Runnable> actions;
    synchronized (onInterrupt) {
      interrupted = true;
      actions = List.copyOf(onInterrupt);
    }
    actions.forEach(Runnable::run);
  }

  /** How many things would be done if the process were ended now. */
  public int toDoOnInterrupt() {
    synchronized (onInterrupt) {
      return onInterrupt.size();
    }
  }

  /** What was run so far. */
  public List<Program> runs() {
    return List.copyOf(runs);
  }

  /** What was started and not waited for. */
  public List<List<String>> launches() {
    return List.copyOf(launches);
  }

  /** What has had this process's place. */
  public List<Attached> attached() {
    return List.copyOf(attached);
  }

  /** What ends with that exit code when it has this process's place. */
  public FakeProcesses attachedExits(int code) {
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
  public Optional<Path> find(String program) {
    return Optional.ofNullable(places.get(program));
  }

  @Override
  public List<String> shell(String commandLine) {
    return List.of("sh", "-c", commandLine);
  }

  @Override
  public synchronized Outcome run(Program program) throws IOException {
    runs.add(program);
    Behaviour behaviour = programs.get(program.words().get(0));
    if (behaviour == null) {
      throw new IOException("can't be started");
    }
    return behaviour.run(program);
  }

  @Override
  public int attach(List<String> words, @Nullable Path directory, List<Variable> variables)
      throws IOException {
    if (!programs.containsKey(words.get(0))) {
      throw new IOException("can't be started");
    }
    attached.add(new Attached(List.copyOf(words), directory, List.copyOf(variables)));
    return exitCode;
  }

  @Override
  public synchronized void launch(List<String> words) throws IOException {
    if (!programs.containsKey(words.get(0))) {
      throw new IOException("can't be started");
    }
    launches.add(List.copyOf(words));
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    // One object for each: the same action may be there twice.
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
