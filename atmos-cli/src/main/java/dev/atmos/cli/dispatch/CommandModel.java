package dev.atmos.cli.dispatch;

import dev.atmos.cli.host.PluginMetadata;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes picocli's model of a plugin's command. */
public final class CommandModel {
  private CommandModel() {}

  /**
   * The model of a command, without the options that every command has.
   *
   * @param command what the plugin's factory made: a model, or an annotated object
   * @throws AtmosException with {@link ExitCode#PLUGIN} if it has an option by the name of one that
   *     every command has
   */
  public static CommandSpec of(PluginMetadata plugin, String path, Object command) {
    CommandSpec spec =
        command instanceof CommandSpec built ? built : CommandSpec.forAnnotatedObject(command);
    spec.name("atmos " + path);
    if (!plugin.builtIn()) {
      refuseReservedNames(plugin, spec);
    }
    return spec;
  }

  private static void refuseReservedNames(PluginMetadata plugin, CommandSpec spec) {
    for (OptionSpec option : spec.options()) {
      for (String name : option.names()) {
        GlobalOption taken = GlobalOption.of(name);
        if (taken != null && !(taken == GlobalOption.HELP && option.usageHelp())) {
          throw new AtmosException(
              ExitCode.PLUGIN,
              plugin
                  + " gives the command "
                  + spec.qualifiedName()
                  + " an option "
                  + name
                  + " of its own, which every command of atmos has already");
        }
      }
    }
    for (CommandLine subcommand : spec.subcommands().values()) {
      refuseReservedNames(plugin, subcommand.getCommandSpec());
    }
  }
}
