package dev.atmos.cli;

import dev.atmos.cli.command.CompletionCommand;
import dev.atmos.cli.command.ConfigFilesCommand;
import dev.atmos.cli.command.ConfigSchemaCommand;
import dev.atmos.cli.command.ConfigShowCommand;
import dev.atmos.cli.command.ConfigTrustCommand;
import dev.atmos.cli.config.HostSections;
import dev.atmos.plugin.Command;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.config.Section;
import java.util.List;

/**
 * The commands and sections of the program itself, which come in by the same door as everybody
 * else's.
 */
public final class HostPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public HostPlugin() {}

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("completion", CompletionCommand::spec),
        new Command("version", VersionCommand::spec),
        new Command("startup-cache", StartupCacheCommand::spec),
        new Command("config show", ConfigShowCommand::spec),
        new Command("config files", ConfigFilesCommand::spec),
        new Command("config schema", ConfigSchemaCommand::spec),
        new Command("config trust", ConfigTrustCommand::spec));
  }

  @Override
  public List<Section> sections() {
    return HostSections.all();
  }
}
