package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.Environment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Environment variables that a test sets. */
public final class FakeEnvironment implements Environment {
  private final Map<String, String> variables = new LinkedHashMap<>();

  /** Sets a variable. */
  public FakeEnvironment set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Removes a variable. */
  public FakeEnvironment unset(String name) {
    variables.remove(name);
    return this;
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
