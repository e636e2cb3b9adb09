package dev.atmos.cli;

import dev.atmos.cli.command.CompletionCommand;
import dev.atmos.cli.command.ConfigFilesCommand;
import dev.atmos.cli.command.ConfigSchemaCommand;
import dev.atmos.cli.command.ConfigShowCommand;
import dev.atmos.cli.command.ConfigTrustCommand;
import dev.atmos.cli.config.HostSections;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.config.ConfigSection;
import java.util.List;

/**
 * The commands and sections of the program itself, which come in by the same door as everybody
 * else's.
 */
public final class HostPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public HostPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        PluginCommand.of("completion", CompletionCommand::spec),
        PluginCommand.of("version", VersionCommand::spec),
        PluginCommand.of("startup-cache", StartupCacheCommand::spec),
        PluginCommand.of("config show", ConfigShowCommand::spec),
        PluginCommand.of("config files", ConfigFilesCommand::spec),
        PluginCommand.of("config schema", ConfigSchemaCommand::spec),
        PluginCommand.of("config trust", ConfigTrustCommand::spec));
  }

  @Override
  public List<ConfigSection> sections() {
    return HostSections.all();
  }
}
