package dev.atmos.cli.command;

import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.host.SectionSchemas;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.text.json.JsonWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code atmos config schema}: the JSON Schema of {@code atmos.yaml}, for editors. */
@Command(
    description = {
      "Prints the JSON Schema of atmos.yaml, with what the installed plugins add to it. Editors"
          + " complete and check by it. For those with the YAML language server, such as VS Code:",
      "",
      "  atmos config schema > atmos.schema.json",
      "",
      "and as the first line of atmos.yaml:",
      "",
      "  # yaml-language-server: $schema=./atmos.schema.json",
      "",
      "List the tags that you use, such as \"!env scalar\", in the setting yaml.customTags."
    })
public final class ConfigSchemaCommand implements Callable<Integer> {
  private final PluginContext context;

  /** The command in that context, which is the host's when the command runs. */
  public ConfigSchemaCommand(PluginContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SectionSchemas sections = HostContext.of(context).sectionSchemas();
    context.console().answer(JsonWriter.indented(JsonSchema.of(sections.all())));
    return 0;
  }
}
