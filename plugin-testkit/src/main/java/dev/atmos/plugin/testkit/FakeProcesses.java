package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine with the programs that a test installs, and no others. */
public class FakeProcesses implements Processes {

  /** What a program does. */
  @FunctionalInterface
  public interface Behaviour {

    /** Runs the program; an {@link IOException} means that it could not be started. */
    Outcome run(Program program) throws IOException;
  }

  private final Map<String, Behaviour> programs = new HashMap<>();
  private final Map<String, Path> places = new HashMap<>();
  private final List<Program> runs = new ArrayList<>();

  /** A machine without programs. */
  public FakeProcesses() {}

  /** Installs a program, which {@link #find} finds at that path. */
  public FakeProcesses program(String name, Path place, Behaviour behaviour) {
    programs.put(name, behaviour);
    programs.put(place.toString(), behaviour);
    places.put(name, place);
    return this;
  }

  /** The programs that were run so far. */
  public List<Program> runs() {
    return List.copyOf(runs);
  }

  /** Whether a program is installed, by its name or its path. */
  protected boolean isInstalled(String program) {
    return programs.containsKey(program);
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
}
