package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.AuthSchema;
import dev.atmos.auth.model.TrustCheck;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.cli.OutputOption;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code atmos auth validate}: everything that is wrong with the {@code auth} section, at once.
 * Nothing of it is run, sent or signed in to.
 */
public final class ValidateCommand implements Callable<Integer> {
  private static final String STRICT = "--strict";

  private final Services context;
  private final CommandSpec spec;
  private final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");

  private ValidateCommand(AuthEngine engine) {
    this.context = engine.services();
    spec = CommandSpec.wrapWithoutInspection(this);
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    ValidateCommand command = new ValidateCommand(engine);
    CommandSpec spec = command.spec;
    spec.addOption(
        OptionSpec.builder(STRICT)
            .arity("0")
            .type(boolean.class)
            .description("Fail on warnings too.")
            .build());
    command.output.addTo(spec);
    spec.usageMessage()
        .description(
            "Checks the auth section of the configuration, and tells of all that is wrong at once:"
                + " fields, kinds, names, and who goes through whom. Runs nothing, and signs in"
                + " nowhere.",
            "Exits with 0 if there is no error, and with 2 otherwise.");
    return spec;
  }

  @Override
  public Integer call() {
    boolean json = output.isJson();
    AuthGraph graph = AuthGraph.of(context);
    ConfigMap auth = graph.section();
    List<ConfigProblem> problems = new ArrayList<>();
    variable("ATMOS_AUTH_REALM", AuthSchema.realm(), problems);
    variable("ATMOS_KEYRING_TYPE", AuthSchema.keyringType(context), problems);
    problems.addAll(graph.problems());
    if (auth != null) {
      problems.addAll(
          TrustCheck.check(AuthSchema.of(context, auth), auth, AuthFields.AUTH, context.trust()));
    }
    List<ConfigProblem> sorted = inOrder(distinct(problems));
    List<ConfigProblem> errors = sorted.stream().filter(ConfigProblem::isError).toList();
    List<ConfigProblem> warnings = sorted.stream().filter(problem -> !problem.isError()).toList();
    boolean valid = errors.isEmpty() && (warnings.isEmpty() || !isStrict());
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("valid", valid);
      answer.put("errors", errors.stream().map(ValidateCommand::tree).toList());
      answer.put("warnings", warnings.stream().map(ValidateCommand::tree).toList());
      context.console().answer(context.service(DataFormats.class).json(answer));
    } else {
      errors.forEach(problem -> say("error", problem));
      warnings.forEach(problem -> say("warning", problem));
      context.console().say(summary(graph, errors.size(), warnings.size()));
    }
    return valid ? 0 : ExitCode.USAGE.code();
  }

  private boolean isStrict() {
    return spec.commandLine().getParseResult().matchedOptionValue(STRICT, false);
  }

  private void variable(String name, Schema schema, List<ConfigProblem> problems) {
    Optional<String> value = context.environment().nonEmpty(name);
    if (value.isPresent()) {
      Position nowhere = new Position(new Source(name, ""), 1, 1);
      ConfigText text = new ConfigText(value.get(), false, nowhere);
      for (ConfigProblem problem : SchemaCheck.check(schema, text, name)) {
        problems.add(ConfigProblem.error(name, null, problem.sentence(), problem.hint()));
      }
    }
  }

  /** Without what an anchor or an include brings to several places. */
  private static List<ConfigProblem> distinct(List<ConfigProblem> problems) {
    Map<List<Object>, ConfigProblem> distinct = new LinkedHashMap<>();
    for (ConfigProblem problem : problems) {
      Position position = problem.position();
      distinct.putIfAbsent(
          List.of(position == null ? problem.path() : position, problem.sentence()), problem);
    }
    return List.copyOf(distinct.values());
  }

  /** As they stand in their files; the files in the order in which they come up. */
  private static List<ConfigProblem> inOrder(List<ConfigProblem> problems) {
    List<String> files = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      if (!files.contains(file(problem))) {
        files.add(file(problem));
      }
    }
    Comparator<ConfigProblem> order =
        Comparator.<ConfigProblem>comparingInt(problem -> files.indexOf(file(problem)))
            .thenComparingInt(problem -> line(problem.position()))
            .thenComparingInt(problem -> column(problem.position()));
    return problems.stream().sorted(order).toList();
  }

  private static String file(ConfigProblem problem) {
    Position position = problem.position();
    return position == null ? "" : position.source().name();
  }

  private static int line(@Nullable Position position) {
    return position == null ? 0 : position.line();
  }

  private static int column(@Nullable Position position) {
    return position == null ? 0 : position.column();
  }

  private void say(String severity, ConfigProblem problem) {
    Position position = problem.position();
    String hint = problem.hint();
    context
        .console()
        .say(
            TerminalText.line(
                (position == null ? "" : position + ": ")
                    + severity
                    + ": "
                    + problem.sentence()
                    + (hint == null ? "" : "; " + hint)));
    if (position != null) {
      context.console().say(TerminalText.line(position.excerpt()));
    }
  }

  private static Map<String, @Nullable Object> tree(ConfigProblem problem) {
    Position position = problem.position();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("file", position == null ? null : position.source().name());
    tree.put("line", position == null ? null : position.line());
    tree.put("column", position == null ? null : position.column());
    tree.put("path", problem.path());
    tree.put("message", problem.sentence());
    tree.put("hint", problem.hint());
    return tree;
  }

  private static String summary(AuthGraph graph, int errors, int warnings) {
    String counts =
        count(errors, "error", "errors") + " and " + count(warnings, "warning", "warnings");
    if (graph.section() == null) {
      return "there is no auth section: " + counts;
    }
    return "auth: "
        + count(graph.entries(AuthPart.PROVIDERS).size(), "provider", "providers")
        + ", "
        + count(graph.entries(AuthPart.IDENTITIES).size(), "identity", "identities")
        + " and "
        + count(graph.entries(AuthPart.INTEGRATIONS).size(), "integration", "integrations")
        + ": "
        + counts;
  }

  private static String count(int count, String one, String several) {
    return (count == 0 ? "no" : Integer.toString(count)) + " " + (count == 1 ? one : several);
  }
}
