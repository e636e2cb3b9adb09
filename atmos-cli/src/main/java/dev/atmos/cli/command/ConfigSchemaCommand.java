package dev.atmos.cli.command;

import dev.atmos.cli.host.PluginHost;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos config schema}: the JSON Schema of {@code atmos.yaml}, for editors. */
public final class ConfigSchemaCommand implements Callable<Integer> {
  private final Services context;

  private ConfigSchemaCommand(Services context) {
    this.context = context;
  }

  /** Makes the command. */
  public static Object spec(Services context) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new ConfigSchemaCommand(context));
    spec.usageMessage()
        .description(
            "Prints the JSON Schema of atmos.yaml, with what the installed plugins add to it."
                + " Editors complete and check by it. For those with the YAML language server, such"
                + " as VS Code:",
            "",
            "  atmos config schema > atmos.schema.json",
            "",
            "and as the first line of atmos.yaml:",
            "",
            "  # yaml-language-server: $schema=./atmos.schema.json",
            "",
            "The setting yaml.customTags has to name the tags that are used, such as"
                + " \"!env scalar\".");
    return spec;
  }

  @Override
  public Integer call() {
    context
        .console()
        .answer(
            context
                .service(DataFormats.class)
                .json(JsonSchema.of(context.service(PluginHost.class).sections())));
    return 0;
  }
}
