package dev.atmos.cli.command;

import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.view.ConfigView;
import dev.atmos.cli.view.KeyPath;
import dev.atmos.cli.view.RedactedValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.json.JsonWriter;
import dev.atmos.text.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atmos config show}: the configuration as it is after merging, without its secrets. */
@Command(
    description =
        "Shows the configuration as it is after all files were merged. Secrets are left out, and no"
            + " command is run: what !exec stands for is shown as it was written.")
public final class ConfigShowCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("yaml", "json");

  @Option(
      names = "--origin",
      description = "Show file, line and column that each value comes from.")
  private boolean origin;

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY.PATH",
      description =
          "Show this part only, such as auth.identities.dev. A key with dots in it may stand in"
              + " double quotes; the items of a list are counted from 0.")
  private @Nullable String part;

  /** The command in that context, which is the host's when the command runs. */
  public ConfigShowCommand(PluginContext context) {
    this.context = context;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    return output.addTo(CommandSpec.forAnnotatedObject(this));
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    HostContext host = HostContext.of(context);
    ConfigMap merged = host.configuration().merged();
    RedactedValue shown = ConfigView.of(merged, host.sectionSchemas()::find);
    if (part != null) {
      shown = KeyPath.find(shown, part);
    }
    // An empty configuration has no origin.
    boolean origins = origin && !merged.entries().isEmpty();
    context.console().answer(json ? json(shown, origins) : yaml(shown, origins));
    return 0;
  }

  private static String json(RedactedValue shown, boolean origins) {
    return JsonWriter.indented(
        shown.tree(origins ? ConfigShowCommand::withOrigin : (value, note, place) -> value));
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

  private static String yaml(RedactedValue shown, boolean origins) {
    return YamlWriter.write(
        shown.tree((value, note, place) -> {
          String comment = ((origins ? place + " " : "") + note).strip();
          return comment.isEmpty() ? value : new YamlWriter.Commented(value, comment);
        }));
  }
}
