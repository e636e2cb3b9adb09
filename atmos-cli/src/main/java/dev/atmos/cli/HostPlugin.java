package dev.atmos.cli;

import dev.atmos.cli.command.CompletionCommand;
import dev.atmos.cli.command.ConfigFilesCommand;
import dev.atmos.cli.command.ConfigSchemaCommand;
import dev.atmos.cli.command.ConfigShowCommand;
import dev.atmos.cli.command.ConfigTrustCommand;
import dev.atmos.cli.command.StartupCacheCommand;
import dev.atmos.cli.command.VersionCommand;
import dev.atmos.cli.config.HostSections;
import dev.atmos.cli.context.HostContext;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.config.ConfigSection;
import java.util.List;
import java.util.function.Function;

/** The program's own commands and sections, as a plugin like all others. */
public final class HostPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public HostPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        command("completion", host -> new CompletionCommand(host.console())),
        command("version", host -> new VersionCommand(host.installation(), host.console()).spec()),
        command(
            "startup-cache", host -> new StartupCacheCommand(host.installation(), host.console())),
        command("config show", host -> new ConfigShowCommand(host).spec()),
        command(
            "config files",
            host -> new ConfigFilesCommand(host.console(), host::configuration).spec()),
        command("config schema", ConfigSchemaCommand::new),
        command("config trust", host -> new ConfigTrustCommand(host).spec()));
  }

  private static PluginCommand command(String path, Function<HostContext, Object> factory) {
    return PluginCommand.of(path, context -> factory.apply(HostContext.of(context)));
  }

  @Override
  public List<ConfigSection> sections() {
    return HostSections.all();
  }
}
