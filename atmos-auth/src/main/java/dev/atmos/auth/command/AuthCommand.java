package dev.atmos.auth.command;

import dev.atmos.auth.model.ConfiguredAuthNames;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WebConsole;
import dev.atmos.services.cli.OutputOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the commands of {@code atmos auth} share. A command declares each of its options in the
 * field that reads it. Without annotations, since programs run some of them often.
 */
abstract class AuthCommand implements Callable<Integer> {
  /** The value of {@code --identity} without a name. It can't be typed. */
  static final String PICK = "\u0000";

  static final String NAME = "NAME";

  final AuthEngine engine;
  final Services services;
  final CommandSpec spec;

  AuthCommand(AuthEngine engine) {
    this.engine = engine;
    this.services = engine.services();
    this.spec = CommandSpec.wrapWithoutInspection(this);
  }

  // ---- help

  /** Describes the command in paragraphs, with a blank line around each. */
  final void description(String... paragraphs) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (String paragraph : paragraphs) {
      lines.add(paragraph);
      lines.add("");
    }
    spec.usageMessage().description(lines.toArray(String[]::new));
  }

  /** Ends the help with these lines. */
  final void examples(String... lines) {
    List<String> footer = new ArrayList<>(List.of(lines));
    footer.addFirst("");
    spec.usageMessage().footer(footer.toArray(String[]::new));
  }

  // ---- options

  final OptionSpec identity(String meaning) {
    return add(
        withValue(NAME, "-i", "--identity")
            .arity("0..1")
            .fallbackValue(PICK)
            .completionCandidates(names(ConfiguredAuthNames::identities))
            .description(
                meaning
                    + " If it is left out: ATMOS_IDENTITY, else the default identity, else the"
                    + " only one. Without a name: pick one from a list."));
  }

  final OptionSpec provider(String meaning) {
    return add(
        withValue(NAME, "-p", "--provider")
            .completionCandidates(names(ConfiguredAuthNames::providers))
            .description(meaning));
  }

  final OptionSpec tags(String meaning) {
    return add(withValue("TAG,...", "--tags").description(meaning));
  }

  final OptionSpec region(String meaning) {
    return add(
        withValue("REGION", "--region")
            .completionCandidates(new Regions())
            .description(
                meaning
                    + " If it is left out: the identity's, else AWS_REGION, else that of your AWS"
                    + " profile, else the provider's."));
  }

  /** Looked up when a shell asks for them. */
  private final class Regions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return services.service(WebConsole.class).regions().iterator();
    }
  }

  final OptionSpec only() {
    return flag(
        "--only",
        "Hide your own AWS profiles and those of other identities, which programs can use as"
            + " well.");
  }

  static OptionSpec.Builder withValue(String label, String... names) {
    return OptionSpec.builder(names).arity("1").type(String.class).paramLabel(label);
  }

  final OptionSpec flag(String name, String meaning, String... otherNames) {
    return add(
        OptionSpec.builder(name, otherNames).arity("0").type(boolean.class).description(meaning));
  }

  final OptionSpec keys() {
    return flag(
        "--static",
        "Hand over the keys themselves, which nothing renews, instead of a profile that asks for"
            + " them.");
  }

  final OutputOption output(OutputOption output) {
    output.addTo(spec);
    return output;
  }

  final OptionSpec add(OptionSpec.Builder builder) {
    OptionSpec option = builder.build();
    spec.addOption(option);
    return option;
  }

  final PositionalParamSpec word(String meaning) {
    return add(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel(NAME)
            .completionCandidates(names(ConfiguredAuthNames::identities))
            .description(meaning));
  }

  final PositionalParamSpec words(String label, String meaning) {
    return add(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(meaning));
  }

  final PositionalParamSpec add(PositionalParamSpec.Builder builder) {
    PositionalParamSpec parameter = builder.build();
    spec.addPositional(parameter);
    return parameter;
  }

  final Iterable<String> names(Function<ConfiguredAuthNames, List<String>> part) {
    return () -> part.apply(new ConfiguredAuthNames(services)).iterator();
  }

  static @Nullable String value(ArgSpec argument) {
    return argument.getValue();
  }

  static List<String> values(PositionalParamSpec words) {
    List<String> values = words.getValue();
    return values == null ? List.of() : values;
  }

  /** The words before two dashes; all words where the user typed no dashes. */
  final List<String> beforeDashes(PositionalParamSpec words) {
    List<String> all = values(words);
    List<String> typed = spec.commandLine().getParseResult().originalArgs();
    int dashes = typed.indexOf("--");
    int after = dashes < 0 ? 0 : typed.size() - 1 - dashes;
    List<String> before = all.subList(0, all.size() - after);
    // A command that stops at its first word has the dashes among its words.
    return before.isEmpty() || !before.getLast().equals("--")
        ? before
        : before.subList(0, before.size() - 1);
  }

  static boolean isGiven(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  /** Fails if more than one of the ways to select something was used. */
  static void requireOne(String sentence, boolean... used) {
    int count = 0;
    for (boolean each : used) {
      count += each ? 1 : 0;
    }
    if (count > 1) {
      throw new AtmosException(ExitCode.USAGE, sentence, "use one of them");
    }
  }

  // ---- output

  final void say(String line) {
    services.console().say(line);
  }

  final void answerJson(@Nullable Object tree) {
    services.console().answer(services.service(DataFormats.class).json(tree));
  }
}
