package dev.atmos.cli.dispatch;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one line for a person of what is wrong with the words for a command. */
public final class UsageErrors {
  private UsageErrors() {}

  /** Whether all that is wrong is that help was asked for more than once. */
  static boolean isHelpTwice(ParameterException e) {
    return e instanceof OverwrittenOptionException overwritten
        && overwritten.getOverwritten() instanceof OptionSpec option
        && option.usageHelp();
  }

  static AtmosException translate(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()
        && unmatched.getUnmatched().getFirst().startsWith("-")) {
      return unknownOption(
          unmatched.getUnmatched().getFirst(),
          command,
          unmatched.getCommandLine().getCommandSpec().optionsMap().keySet());
    }
    return new AtmosException(ExitCode.USAGE, sentence(e, command), "see " + command + " --help");
  }

  private static String sentence(ParameterException e, String command) {
    return switch (e) {
      case UnmatchedArgumentException unmatched when !unmatched.getUnmatched().isEmpty() ->
          command + " takes no word " + DisplayNames.quoted(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> describe(missing);
      case OverwrittenOptionException overwritten
          when overwritten.getOverwritten() instanceof OptionSpec option ->
          option.longestName() + " is given twice";
      default ->
          Optional.ofNullable(e.getMessage())
              .flatMap(message -> message.lines().findFirst())
              .orElse("wrong usage");
    };
  }

  /**
   * An option that a command doesn't have.
   *
   * @param word the option, maybe with its value
   * @param known the command's options
   */
  public static AtmosException unknownOption(String word, String command, Set<String> known) {
    String option = GlobalOptions.nameIn(word);
    if (option.equals("--role-arn") && known.contains("--identity")) {
      return new AtmosException(
          ExitCode.USAGE,
          "unknown option '--role-arn'",
          "a role is an identity of the configuration, and --identity NAME selects it");
    }
    return new AtmosException(
        ExitCode.USAGE,
        "unknown option " + DisplayNames.quoted(option),
        NearestNames.option(option, known)
            .map(nearest -> "did you mean " + nearest)
            .orElse("see " + command + " --help"));
  }

  private static String describe(MissingParameterException e) {
    List<ArgSpec> missing = e.getMissing();
    ArgSpec first = missing == null || missing.isEmpty() ? e.getArgSpec() : missing.get(0);
    if (first instanceof OptionSpec option) {
      // The option itself is there and its value isn't, or the option isn't there at all.
      return option.required() && e.getArgSpec() == null
          ? option.longestName() + " is required"
          : option.longestName()
              + " needs a value: "
              + option.longestName()
              + " "
              + option.paramLabel();
    }
    return first == null ? "a value is missing" : first.paramLabel() + " is required";
  }
}
