package dev.atmos.cli;

import dev.atmos.cli.command.CompletionCommand;
import dev.atmos.cli.command.ConfigFilesCommand;
import dev.atmos.cli.command.ConfigPolicyCommand;
import dev.atmos.cli.command.ConfigSchemaCommand;
import dev.atmos.cli.command.ConfigShowCommand;
import dev.atmos.cli.command.ConfigTrustCommand;
import dev.atmos.cli.command.StartupCacheCommand;
import dev.atmos.cli.command.VersionCommand;
import dev.atmos.cli.config.HostSections;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.context.PluginContext;
import java.util.List;

/** The program's own commands and sections, as a plugin like all others. */
public final class HostPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public HostPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        PluginCommand.of("completion", context -> new CompletionCommand(context.console())),
        PluginCommand.of(
            "version",
            context ->
                new VersionCommand(
                        context.console(),
                        () -> installation(context),
                        () -> HostContext.of(context).unsafePlugins())
                    .spec()),
        PluginCommand.of(
            "startup-cache",
            context -> new StartupCacheCommand(context.console(), () -> installation(context))),
        PluginCommand.of("config show", context -> new ConfigShowCommand(context).spec()),
        PluginCommand.of(
            "config files",
            context ->
                new ConfigFilesCommand(
                        context.console(),
                        () -> HostContext.of(context).configuration().steps(),
                        () -> HostContext.of(context).leftOut())
                    .spec()),
        PluginCommand.of("config schema", ConfigSchemaCommand::new),
        PluginCommand.of("config policy", context -> new ConfigPolicyCommand(context).spec()),
        PluginCommand.of("config trust", context -> new ConfigTrustCommand(context).spec()));
  }

  private static Installation installation(PluginContext context) {
    return HostContext.of(context).installation();
  }

  @Override
  public List<ConfigSection> sections() {
    return HostSections.all();
  }
}
