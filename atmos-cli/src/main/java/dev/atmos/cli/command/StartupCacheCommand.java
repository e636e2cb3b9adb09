package dev.atmos.cli.command;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.io.CommandConsole;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code atmos startup-cache}: makes the start-up caches where atmos is unpacked. */
@Command(
    description =
        "Rebuilds the start-up caches, in the directory where atmos is unpacked. With them, every"
            + " command starts several times as fast. Run this once after unpacking the portable"
            + " archive, and again after an update of its Java; the archives with their own Java"
            + " bring their caches with them.")
public final class StartupCacheCommand implements Callable<Integer> {
  private final CommandConsole console;
  private final Supplier<Installation> installation;

  /**
   * @param installation is asked when the command runs
   */
  public StartupCacheCommand(CommandConsole console, Supplier<Installation> installation) {
    this.console = console;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    installation.get().makeStartupCaches(console);
    return 0;
  }
}
