package dev.atmos.cli.command;

import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.config.search.SearchStep;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.text.TerminalText;
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
      "Shows where atmos looks for its configuration, and which files it merges. A file with a"
          + " higher rank wins over those with lower ranks. Imported files are indented, above the"
          + " file that imports them.",
      "",
      "TRUST says why a file may run commands and send data: 'place' if its directory is yours"
          + " alone or the command line names the file, and 'you' if you have trusted values of it"
          + " by atmos config trust. 'no' stands for a file that may not."
    },
    footer =
        """

        Where a file was looked for, and why it was skipped:

          atmos config files

        The files of the configuration, for a program:

          atmos config files --output json\
        """)
public final class ConfigFilesCommand implements Callable<Integer> {
  private final CommandConsole console;
  private final Supplier<List<SearchStep>> steps;
  private final Supplier<List<ConfigProblem>> leftOut;
  private final OutputOption output = OutputOption.of("text", "json", "yaml");

  /**
   * @param steps the steps of the search, found when the command runs
   * @param leftOut what was found then and doesn't count; only what has a position is shown
   */
  public ConfigFilesCommand(
      CommandConsole console,
      Supplier<List<SearchStep>> steps,
      Supplier<List<ConfigProblem>> leftOut) {
    this.console = console;
    this.steps = steps;
    this.leftOut = leftOut;
  }

  /** The command for picocli. */
  public CommandSpec spec() {
    return output.addTo(CommandSpec.forAnnotatedObject(this));
  }

  @Override
  public Integer call() {
    String format = output.format();
    TextTable table = new TextTable();
    table.row("RANK", "FILE", "RESULT", "TRUST", "WHY");
    List<Map<String, @Nullable Object>> files = new ArrayList<>();
    int rank = 0;
    for (SearchStep step : steps.get()) {
      boolean merged = step.outcome() == SearchStep.Outcome.MERGED;
      rank += merged ? 1 : 0;
      String result = step.outcome().name().toLowerCase(Locale.ROOT);
      table.row(
          merged ? String.valueOf(rank) : "-",
          "  ".repeat(step.depth()) + step.path(),
          result,
          merged ? trust(step, "place", "you", "no") : "-",
          step.detail().isEmpty() ? step.place() : step.place() + ": " + step.detail());
      Map<String, @Nullable Object> file = new LinkedHashMap<>();
      file.put("rank", merged ? rank : null);
      file.put("path", step.path().toString());
      file.put("result", result);
      file.put("place", step.place());
      file.put("detail", step.detail().isEmpty() ? null : step.detail());
      file.put("depth", step.depth());
      file.put("trust", merged ? trust(step, "by-place", "by-user", "none") : null);
      files.add(file);
    }
    StringBuilder text = new StringBuilder(table.render());
    List<Map<String, Object>> values = new ArrayList<>();
    for (ConfigProblem problem : leftOut.get()) {
      Position position = problem.position();
      if (position != null) {
        text.append(values.isEmpty() ? "\nLeft out until you trust it:\n" : "");
        text.append(TerminalText.line("  " + position + ": " + problem.path())).append('\n');
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("path", problem.path());
        value.put("file", position.source().name());
        value.put("line", position.line());
        values.add(value);
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("files", files);
    tree.put("left_out", values);
    console.answer(
        switch (format) {
          case "json" -> JsonWriter.indented(tree);
          case "yaml" -> YamlWriter.write(tree);
          default -> text.toString();
        });
    return 0;
  }

  private static String trust(SearchStep step, String byPlace, String byUser, String none) {
    if (step.trust() == TrustState.NONE) {
      return none;
    }
    return step.trust() == TrustState.BY_PLACE ? byPlace : byUser;
  }
}
