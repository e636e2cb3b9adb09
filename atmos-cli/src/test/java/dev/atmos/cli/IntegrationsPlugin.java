package dev.atmos.cli;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.services.Services;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A built-in plugin whose commands do with the integrations of identity {@code dev} what commands
 * of the program do, and print what comes of it.
 */
public final class IntegrationsPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public IntegrationsPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        command("set-up", IntegrationsPlugin::setUp), command("undo", IntegrationsPlugin::undo));
  }

  private static PluginCommand command(String path, Consumer<Services> action) {
    return PluginCommand.of(
        path,
        context ->
            CommandSpec.wrapWithoutInspection(
                (Callable<Integer>)
                    () -> {
                      action.accept(Services.of(context));
                      return 0;
                    }));
  }

  private static void setUp(Services services) {
    for (IntegrationOutcome outcome : services.service(Integrations.class).setUpAll("dev")) {
      IntegrationResult result = outcome.result();
      services
          .console()
          .answer(
              outcome.integration()
                  + ": "
                  + (result == null
                      ? String.valueOf(outcome.failure())
                      : result.done() + "" + result.hints())
                  + "\n");
    }
  }

  private static void undo(Services services) {
    Integrations all = services.service(Integrations.class);
    Integration first = all.open(all.find("FIRST"));
    IntegrationPlan plan = first.undo("dev");
    services
        .console()
        .answer(
            plan.changes()
                + " "
                + plan.apply().done()
                + " "
                + first.variables("dev").get(0).name()
                + " "
                + first.command()
                + "\n");
  }

  /** The program with this plugin before its own ones. */
  static Installation installation() {
    return new ExtendedInstallation(
        IntegrationsPlugin.class, Map.of("command.set-up", "", "command.undo", ""));
  }
}
