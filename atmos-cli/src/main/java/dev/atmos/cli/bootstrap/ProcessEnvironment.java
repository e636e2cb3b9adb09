package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.io.Environment;
import java.util.Optional;

/**
 * The variables as the user set them. The launcher has to change some before it starts Java: it
 * keeps each one's own value under {@code ATMOS_LAUNCH_<name>}, and this undoes it.
 */
final class ProcessEnvironment implements Environment {
  private static final String KEPT = "ATMOS_LAUNCH_";

  @Override
  public Optional<String> get(String name) {
    String kept = System.getenv(KEPT + name);
    if (kept != null) {
      return Optional.of(kept);
    }
    if (name.equals("LC_ALL") && System.getenv("ATMOS_LAUNCH_NO_LC_ALL") != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(System.getenv(name));
  }
}
