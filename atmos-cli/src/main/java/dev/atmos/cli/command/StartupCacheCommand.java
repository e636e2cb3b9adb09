package dev.atmos.cli.command;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.io.CommandConsole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code atmos startup-cache}: makes the start-up caches where atmos is unpacked. */
@Command(
    description =
        "Rebuilds the start-up caches, in the directory where atmos is unpacked. With them, every"
            + " command starts several times as fast. Run this once after unpacking the portable"
            + " archive, and again after an update of its Java; the archives with their own Java"
            + " bring their caches with them.")
public final class StartupCacheCommand implements Callable<Integer> {
  private final Installation installation;
  private final CommandConsole console;

  /** The command for that installation. */
  public StartupCacheCommand(Installation installation, CommandConsole console) {
    this.installation = installation;
    this.console = console;
  }

  @Override
  public Integer call() {
    installation.makeStartupCaches(console);
    return 0;
  }
}
