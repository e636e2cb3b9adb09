package dev.atmos.cli.command;

import dev.atmos.cli.config.Configuration;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.text.TextTable;
import dev.atmos.text.json.JsonWriter;
import dev.atmos.text.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code atmos config files}: which files make the configuration, which are missing or skipped, and
 * why.
 */
@Command(
    description = {
      "Shows which files make the configuration, from the lowest rank to the highest: a file is"
          + " merged over those with lower numbers. Files that are missing or skipped have no rank."
          + " Files that others import are indented, above the files that import them.",
      "",
      "TRUST says whether a file may run commands and send things: 'place' for files where only"
          + " you write or that the command line names, 'you' for those that you approved by atmos"
          + " config trust, 'no' for the others."
    })
public final class ConfigFilesCommand implements Callable<Integer> {
  private final CommandConsole console;
  private final Supplier<Configuration> configuration;
  private final OutputOption output = OutputOption.of("text", "json", "yaml");

  /**
   * @param configuration is asked when the command runs
   */
  public ConfigFilesCommand(CommandConsole console, Supplier<Configuration> configuration) {
    this.console = console;
    this.configuration = configuration;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(this);
    output.addTo(spec);
    return spec;
  }

  @Override
  public Integer call() {
    String format = output.format();
    List<SearchStep> steps = configuration.get().steps();
    console.answer(
        switch (format) {
          case "json" -> JsonWriter.indented(tree(steps));
          case "yaml" -> YamlWriter.write(tree(steps));
          default -> table(steps);
        });
    return 0;
  }

  private static String table(List<SearchStep> steps) {
    TextTable table = new TextTable();
    table.row("RANK", "FILE", "RESULT", "TRUST", "WHY");
    int rank = 0;
    for (SearchStep step : steps) {
      boolean merged = step.outcome() == SearchStep.Outcome.MERGED;
      rank += merged ? 1 : 0;
      table.row(
          merged ? String.valueOf(rank) : "-",
          "  ".repeat(step.depth()) + step.path(),
          result(step),
          merged ? trust(step, "place", "you", "no") : "-",
          step.detail().isEmpty() ? step.place() : step.place() + ": " + step.detail());
    }
    return table.render();
  }

  private static Map<String, Object> tree(List<SearchStep> steps) {
    List<Map<String, @Nullable Object>> files = new ArrayList<>();
    int rank = 0;
    for (SearchStep step : steps) {
      boolean merged = step.outcome() == SearchStep.Outcome.MERGED;
      rank += merged ? 1 : 0;
      Map<String, @Nullable Object> file = new LinkedHashMap<>();
      file.put("rank", merged ? rank : null);
      file.put("path", step.path().toString());
      file.put("result", result(step));
      file.put("place", step.place());
      file.put("detail", step.detail().isEmpty() ? null : step.detail());
      file.put("depth", step.depth());
      file.put("trust", merged ? trust(step, "by-place", "by-user", "none") : null);
      files.add(file);
    }
    return Map.of("files", files);
  }

  private static String result(SearchStep step) {
    return step.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static String trust(SearchStep step, String byPlace, String byUser, String none) {
    if (!step.trust().isTrusted()) {
      return none;
    }
    return step.trust() == TrustState.BY_PLACE ? byPlace : byUser;
  }
}
