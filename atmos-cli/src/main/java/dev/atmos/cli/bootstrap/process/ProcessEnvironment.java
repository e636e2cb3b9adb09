package dev.atmos.cli.bootstrap.process;

import dev.atmos.plugin.io.Environment;
import java.util.Map;
import java.util.Optional;

/**
 * The variables as the user set them. The launcher has to change some before it starts Java: it
 * keeps each one's own value under {@code ATMOS_LAUNCH_<name>}, and this undoes it.
 */
public final class ProcessEnvironment implements Environment {
  private static final String KEPT = "ATMOS_LAUNCH_";
  private static final String NO_LC_ALL = "ATMOS_LAUNCH_NO_LC_ALL";

  /** The variables that the launcher changes, and no others: users could set names like these. */
  private static final String[] CHANGED = {
    "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "LC_ALL"
  };

  @Override
  public Optional<String> get(String name) {
    for (String changed : CHANGED) {
      if (changed.equals(name)) {
        String kept = System.getenv(KEPT + name);
        if (kept != null) {
          return Optional.of(kept);
        }
        if (name.equals("LC_ALL") && System.getenv(NO_LC_ALL) != null) {
          return Optional.empty();
        }
      }
    }
    return Optional.ofNullable(System.getenv(name));
  }

  /** Undoes it in the variables of a process that is to be started. */
  static void restore(Map<String, String> variables) {
    for (String name : CHANGED) {
      String kept = variables.remove(KEPT + name);
      if (kept != null) {
        variables.put(name, kept);
      }
    }
    if (variables.remove(NO_LC_ALL) != null) {
      variables.remove("LC_ALL");
    }
  }
}
