package dev.atmos.cli.command;

import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.view.ConfigView;
import dev.atmos.cli.view.KeyPath;
import dev.atmos.cli.view.RedactedValue;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.services.command.OutputOption;
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
        "Shows the configuration that results from merging all files. It hides secrets and runs no"
            + " command: a value of !exec is shown as it is written.",
    footer =
        """

        One identity:

          atmos config show auth.identities.dev

        Where each of its values comes from:

          atmos config show auth.identities.dev --origin\
        """)
public final class ConfigShowCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("yaml", "json");

  @Option(
      names = "--origin",
      description = "Show the file, line and column that each value comes from.")
  private boolean origin;

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY.PATH",
      description =
          "The part to show, such as auth.identities.dev. Put a key that has dots in double"
              + " quotes; count the items of a list from 0.")
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
    RedactedValue shown = ConfigView.of(merged, host.sectionSchemas()::find, host.trust());
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
