package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.model.AuthPart;
import dev.atmos.auth.model.AuthSchema;
import dev.atmos.auth.model.TrustProblems;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.OutputOption;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code atmos auth validate}: everything that is wrong with the {@code auth} section, at once. It
 * runs no command, sends nothing and signs in nowhere.
 */
public final class ValidateCommand extends AuthCommand {
  /** More than a person reads. */
  private static final int MOST_SHOWN = 200;

  private static final Position NOWHERE = new Position(new Source("", ""), 0, 0);

  private final CommandOption strict = flag("--strict", "Fail on warnings too.");
  private final OutputOption output =
      output(
          OutputOption.of("text", "json")
              .describedAs("text (on standard error) or json (on standard output)."));

  /** The command over this engine. */
  public ValidateCommand(AuthEngine engine) {
    super(engine);
    syntax.description(
        "Check the auth section of the configuration, and report everything that is wrong at once:"
            + " fields, kinds, names and links. It runs no command and signs in"
            + " nowhere.",
        "The exit code is 0 without an error, and 2 otherwise.");
  }

  @Override
  public int run() {
    boolean json = output.isJson();
    AuthGraph graph = AuthGraph.of(services);
    ConfigMap auth = graph.section();
    List<ConfigProblem> problems = new ArrayList<>();
    variable("ATMOS_AUTH_REALM", AuthSchema.realm(), problems);
    variable("ATMOS_KEYRING_TYPE", AuthSchema.keyringType(services), problems);
    problems.addAll(graph.problems());
    if (auth != null) {
      problems.addAll(TrustProblems.of(AuthSchema.of(services, auth), auth, services.trust()));
    }
    problems.addAll(services.trust().leftOut());
    List<ConfigProblem> sorted = inOrder(distinct(problems));
    List<ConfigProblem> errors = sorted.stream().filter(ConfigProblem::isError).toList();
    List<ConfigProblem> warnings = sorted.stream().filter(problem -> !problem.isError()).toList();
    boolean valid = errors.isEmpty() && (warnings.isEmpty() || !strict.isGiven());
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("valid", valid);
      answer.put("errors", errors.stream().map(ValidateCommand::tree).toList());
      answer.put("warnings", warnings.stream().map(ValidateCommand::tree).toList());
      answerJson(answer);
    } else {
      show("error", errors);
      show("warning", warnings);
      say(summary(graph, errors.size(), warnings.size()));
    }
    return valid ? 0 : ExitCode.USAGE.code();
  }

  private void variable(String name, Schema schema, List<ConfigProblem> problems) {
    Optional<String> value = services.environment().nonEmpty(name);
    if (value.isPresent()) {
      ConfigText text = new ConfigText(value.get(), false, NOWHERE);
      for (ConfigProblem problem : SchemaCheck.check(schema, text, name)) {
        problems.add(ConfigProblem.error(name, null, problem.sentence(), problem.hint()));
      }
    }
  }

  /** The problems without copies, which an anchor or an include brings to several paths. */
  private static Collection<ConfigProblem> distinct(List<ConfigProblem> problems) {
    Map<List<Object>, ConfigProblem> distinct = new LinkedHashMap<>();
    for (ConfigProblem problem : problems) {
      Object place = problem.position() == null ? problem.path() : problem.position();
      distinct.putIfAbsent(List.of(place, problem.sentence()), problem);
    }
    return distinct.values();
  }

  /** The problems in the order of their files, with the files in the order of their problems. */
  private static List<ConfigProblem> inOrder(Collection<ConfigProblem> problems) {
    List<String> files =
        problems.stream().map(problem -> position(problem).source().name()).distinct().toList();
    return problems.stream()
        .sorted(
            Comparator.comparing(
                ValidateCommand::position,
                Comparator.<Position>comparingInt(at -> files.indexOf(at.source().name()))
                    .thenComparingInt(Position::line)
                    .thenComparingInt(Position::column)))
        .toList();
  }

  private static Position position(ConfigProblem problem) {
    Position position = problem.position();
    return position == null ? NOWHERE : position;
  }

  private void show(String severity, List<ConfigProblem> problems) {
    problems.stream().limit(MOST_SHOWN).forEach(problem -> say(severity, problem));
    if (problems.size() > MOST_SHOWN) {
      int more = problems.size() - MOST_SHOWN;
      say("and " + count(more, "more " + severity, "more " + severity + "s") + ", with -o json");
    }
  }

  private void say(String severity, ConfigProblem problem) {
    Position position = problem.position();
    String place = position == null ? "" : position + ": ";
    String hint = problem.hint() == null ? "" : "; " + problem.hint();
    say(TerminalText.line(place + severity + ": " + problem.sentence() + hint));
    if (position != null) {
      say(TerminalText.line(position.excerpt()));
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
      return "no auth section: " + counts;
    }
    return "auth: "
        + count(graph, AuthPart.PROVIDERS)
        + ", "
        + count(graph, AuthPart.IDENTITIES)
        + " and "
        + count(graph, AuthPart.INTEGRATIONS)
        + ": "
        + counts;
  }

  private static String count(AuthGraph graph, AuthPart part) {
    return count(graph.entries(part).size(), part.singular(), part.key());
  }

  private static String count(int count, String one, String several) {
    return (count == 0 ? "no" : Integer.toString(count)) + " " + (count == 1 ? one : several);
  }
}
