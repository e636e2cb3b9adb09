package dev.atmos.auth;

import dev.atmos.auth.config.AuthConfig;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.AuthShape;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.KindCheck;
import dev.atmos.auth.config.TrustCheck;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.IdentityTypes;
import dev.atmos.plugin.cli.OutputOption;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigText;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Problem;
import dev.atmos.plugin.config.Shape;
import dev.atmos.plugin.config.ShapeCheck;
import dev.atmos.plugin.config.Source;
import dev.atmos.plugin.config.Trust;
import dev.atmos.plugin.integration.IntegrationTypes;
import dev.atmos.plugin.io.DataFormats;
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
final class ValidateCommand implements Callable<Integer> {
  private static final String STRICT = "--strict";

  private final PluginContext context;
  private final CommandSpec spec;
  private final OutputOption output =
      OutputOption.of("text", "json")
          .describedAs("text (on standard error) or json (on standard output).");

  private ValidateCommand(PluginContext context) {
    this.context = context;
    spec = CommandSpec.wrapWithoutInspection(this);
  }

  static Object spec(PluginContext context) {
    ValidateCommand command = new ValidateCommand(context);
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
    Optional<ConfigMap> auth = context.config(Keys.AUTH);
    AuthReader reader = auth.isEmpty() ? null : new AuthReader(auth.get());
    AuthConfig config = reader == null ? AuthConfig.EMPTY : reader.config();
    List<Problem> problems = new ArrayList<>();
    variable("ATMOS_AUTH_REALM", AuthShape.realm(), problems);
    variable("ATMOS_KEYRING_TYPE", AuthShape.keyringType(), problems);
    if (auth.isPresent() && reader != null) {
      problems.addAll(reader.problems());
      problems.addAll(AuthGraph.of(config).problems());
      problems.addAll(
          KindCheck.check(
              config,
              context.service(IdentityTypes.class).kinds(),
              context.service(IntegrationTypes.class).kinds()));
      problems.addAll(untrusted(auth.get()));
    }
    List<Problem> sorted = inOrder(distinct(problems));
    List<Problem> errors = sorted.stream().filter(Problem::isError).toList();
    List<Problem> warnings = sorted.stream().filter(problem -> !problem.isError()).toList();
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
      context.console().say(summary(auth.isPresent(), config, errors.size(), warnings.size()));
    }
    return valid ? 0 : ExitCode.USAGE.code();
  }

  private boolean isStrict() {
    return spec.commandLine().getParseResult().matchedOptionValue(STRICT, false);
  }

  private void variable(String name, Shape.Text shape, List<Problem> problems) {
    Optional<String> value = context.environment().nonEmpty(name);
    if (value.isPresent()) {
      Position nowhere = new Position(new Source(name, ""), 1, 1);
      ConfigText text = new ConfigText(value.get(), false, nowhere);
      for (Problem problem : ShapeCheck.check(shape, text, name)) {
        problems.add(Problem.error(name, null, problem.sentence(), problem.hint()));
      }
    }
  }

  private List<Problem> untrusted(ConfigMap auth) {
    Trust trust;
    try {
      trust = context.service(Trust.class);
    } catch (AtmosException e) {
      context.console().debug("what untrusted files would run was not checked: " + e.sentence());
      return List.of();
    }
    return TrustCheck.check(AuthShape.section(), auth, Keys.AUTH, trust);
  }

  /** Without what an anchor or an include brings to several places. */
  private static List<Problem> distinct(List<Problem> problems) {
    Map<List<Object>, Problem> distinct = new LinkedHashMap<>();
    for (Problem problem : problems) {
      Position position = problem.position();
      distinct.putIfAbsent(
          List.of(position == null ? problem.path() : position, problem.sentence()), problem);
    }
    return List.copyOf(distinct.values());
  }

  /** As they stand in their files; the files in the order in which they come up. */
  private static List<Problem> inOrder(List<Problem> problems) {
    List<String> files = new ArrayList<>();
    for (Problem problem : problems) {
      if (!files.contains(file(problem))) {
        files.add(file(problem));
      }
    }
    Comparator<Problem> order =
        Comparator.<Problem>comparingInt(problem -> files.indexOf(file(problem)))
            .thenComparingInt(problem -> line(problem.position()))
            .thenComparingInt(problem -> column(problem.position()));
    return problems.stream().sorted(order).toList();
  }

  private static String file(Problem problem) {
    Position position = problem.position();
    return position == null ? "" : position.source().name();
  }

  private static int line(@Nullable Position position) {
    return position == null ? 0 : position.line();
  }

  private static int column(@Nullable Position position) {
    return position == null ? 0 : position.column();
  }

  private void say(String severity, Problem problem) {
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

  private static Map<String, @Nullable Object> tree(Problem problem) {
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

  private static String summary(boolean there, AuthConfig config, int errors, int warnings) {
    String counts =
        count(errors, "error", "errors") + " and " + count(warnings, "warning", "warnings");
    if (!there) {
      return "there is no auth section: " + counts;
    }
    return "auth: "
        + count(config.providers().size(), "provider", "providers")
        + ", "
        + count(config.identities().size(), "identity", "identities")
        + " and "
        + count(config.integrations().size(), "integration", "integrations")
        + ": "
        + counts;
  }

  private static String count(int count, String one, String several) {
    return (count == 0 ? "no" : Integer.toString(count)) + " " + (count == 1 ? one : several);
  }
}
