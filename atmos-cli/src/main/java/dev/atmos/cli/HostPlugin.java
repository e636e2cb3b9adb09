package dev.atmos.cli;

import dev.atmos.plugin.Command;
import dev.atmos.plugin.Plugin;
import java.util.List;

/** The commands of the program itself, which come in by the same door as everybody else's. */
public final class HostPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public HostPlugin() {}

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("version", VersionCommand::spec),
        new Command("startup-cache", StartupCacheCommand::spec));
  }
}
