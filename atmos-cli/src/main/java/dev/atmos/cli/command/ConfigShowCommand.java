package dev.atmos.cli.command;

import dev.atmos.cli.config.Configuration;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos config show}: the configuration as it is after merging, without its secrets. */
public final class ConfigShowCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("yaml", "json");
  private final OptionSpec origin =
      OptionSpec.builder("--origin")
          .arity("0")
          .type(boolean.class)
          .description("Show file, line and column that each value comes from.")
          .build();
  private final PositionalParamSpec part =
      PositionalParamSpec.builder()
          .index("0")
          .arity("0..1")
          .type(String.class)
          .paramLabel("KEY.PATH")
          .description(
              "Show this part only, such as auth.identities.dev. A key with dots in it may stand in"
                  + " double quotes; the items of a list are counted from 0.")
          .build();

  private ConfigShowCommand(Services context) {
    this.context = context;
  }

  /** Makes the command. */
  public static Object spec(Services context) {
    ConfigShowCommand command = new ConfigShowCommand(context);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.addPositional(command.part);
    command.output.addTo(spec);
    spec.addOption(command.origin);
    spec.usageMessage()
        .description(
            "Shows the configuration as it is after all files were merged. Secrets are left out,"
                + " and no command is run: what !exec stands for is shown as it was written.");
    return spec;
  }

  @Override
  public Integer call() {
    boolean json = output.format().equals("json");
    Map<String, Schema> sections = context.service(PluginHost.class).sections();
    ConfigMap merged = context.service(Configuration.class).merged();
    Shown shown = ConfigView.of(merged, sections);
    String path = part.getValue();
    if (path != null) {
      shown = KeyPath.find(shown, path);
    }
    // Nothing comes from nowhere.
    boolean origins = Boolean.TRUE.equals(origin.getValue()) && !merged.entries().isEmpty();
    context.console().answer(json ? json(shown, origins) : yaml(shown, origins));
    return 0;
  }

  private String json(Shown shown, boolean origins) {
    return context
        .service(DataFormats.class)
        .json(shown.tree(origins ? ConfigShowCommand::withOrigin : (value, note, place) -> value));
  }

  private static Object withOrigin(@Nullable Object value, String note, Position place) {
    Map<String, @Nullable Object> origin = new LinkedHashMap<>();
    origin.put("file", place.source().name());
    origin.put("line", place.line());
    origin.put("column", place.column());
    Map<String, @Nullable Object> leaf = new LinkedHashMap<>();
    leaf.put("value", value);
    if (!note.isEmpty()) {
      leaf.put("note", note);
    }
    leaf.put("origin", origin);
    return leaf;
  }

  private static String yaml(Shown shown, boolean origins) {
    return YamlWriter.write(
        shown.tree((value, note, place) -> {
          if (!origins) {
            return note.isEmpty() ? value : new YamlWriter.Commented(value, note);
          }
          return new YamlWriter.Commented(value, note.isEmpty() ? place.toString() : place + " " + note);
        }));
  }
}
