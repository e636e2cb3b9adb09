package dev.atmos.cli.command;

import dev.atmos.cli.config.Configuration;
import dev.atmos.cli.config.SearchStep;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code atmos config files}: which files make the configuration, which were looked for in vain or
 * left out, and why.
 */
public final class ConfigFilesCommand implements Callable<Integer> {
  private final PluginContext context;
  private final OutputOption output = OutputOption.of("text", "json", "yaml");

  private ConfigFilesCommand(Services context) {
    this.context = context;
  }

  /** Makes the command. */
  public static Object spec(Services context) {
    ConfigFilesCommand command = new ConfigFilesCommand(context);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    command.output.addTo(spec);
    spec.usageMessage()
        .description(
            "Shows which files make the configuration, from the lowest rank to the highest: a file"
                + " is merged over those with lower numbers. What was looked for and isn't there,"
                + " or was left out, has no number. Files that others import are indented, above"
                + " the files that import them.",
            "",
            "TRUST says whether a file may have commands run and things sent: 'place' for files"
                + " that lie where only you write or that were named on the command line, 'you' for"
                + " those that were trusted by atmos config trust, 'no' for the others.");
    return spec;
  }

  @Override
  public Integer call() {
    String format = output.format();
    List<SearchStep> steps = context.service(Configuration.class).steps();
    context
        .console()
        .answer(
            switch (format) {
              case "json" -> context.service(DataFormats.class).json(tree(steps));
              case "yaml" -> context.service(DataFormats.class).yaml(tree(steps));
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
    if (step.trust() == SearchStep.TrustState.NONE) {
      return none;
    }
    return step.trust() == SearchStep.TrustState.BY_PLACE ? byPlace : byUser;
  }
}
