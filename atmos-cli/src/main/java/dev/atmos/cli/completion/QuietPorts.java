package dev.atmos.cli.completion;

import dev.atmos.cli.port.SystemPorts;
import dev.atmos.services.system.InteractiveTerminal;
import java.io.IOException;

/** The ports for completion: nothing is written, no question is asked and no command is run. */
public final class QuietPorts {
  private QuietPorts() {}

  /** The same ports, made quiet. */
  public static SystemPorts of(SystemPorts ports) {
    return ports.withoutOutput(
        ports.environment(),
        ports.directories(),
        (command, directory, mostBytes, limit) -> {
          throw new IOException("completion runs no commands");
        },
        new NoTerminal());
  }

  private static final class NoTerminal implements InteractiveTerminal {}
}
