package dev.atmos.auth.command;

import dev.atmos.auth.env.WrittenProfiles;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code atmos aws profiles}: profiles of all identities in the user's AWS configuration file. */
public final class AwsProfilesCommand extends AuthCommand {
  private final OptionSpec write =
      flag(
          "--write", "Write the profiles to the file, in place of those that were written before.");
  private final OptionSpec remove = flag("--remove", "Take the profiles out of the file.");
  private final OptionSpec print = flag("--print", "Print the profiles. This is the default.");
  private final OptionSpec prune =
      flag("--prune", "Leave out profiles of identities that the configuration no longer has.");
  private final OptionSpec template =
      add(
          withValue("TEMPLATE", "--name-template")
              .description(
                  "How profiles are called, with {identity}, {provider}, {account}, {principal} and"
                      + " {region}. Default: {identity}."));

  private AwsProfilesCommand(AuthEngine engine) {
    super(engine);
    spec.usageMessage()
        .customSynopsis(
            "atmos aws profiles [--print] [--name-template TEMPLATE] [options]",
            "       atmos aws profiles --write [--prune] [--name-template TEMPLATE]",
            "                          [options]",
            "       atmos aws profiles --remove [options]");
    description(
        "Give programs outside of atmos auth exec the identities of this configuration: a profile"
            + " for each, in ~/.aws/config or the file that AWS_CONFIG_FILE names. A profile runs"
            + " atmos whenever a program needs credentials, and holds no secret.",
        "All else in the file stays as it is. Where you have a profile of the same name, ours is"
            + " called atmos/NAME.");
    examples(
        "  atmos aws profiles",
        "  atmos aws profiles --write",
        "  atmos aws profiles --write --name-template {account}.{principal}",
        "  aws --profile dev s3 ls");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    return new AwsProfilesCommand(engine).spec;
  }

  @Override
  public Integer call() {
    requireOne(
        "--write, --remove and --print exclude each other",
        isGiven(write),
        isGiven(remove),
        isGiven(print));
    String named = value(template);
    if (isGiven(remove) && (isGiven(prune) || named != null)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--remove goes with neither --prune nor --name-template",
          "leave them out");
    }
    WrittenProfiles profiles = new WrittenProfiles(engine);
    if (isGiven(remove)) {
      String path = TerminalText.line(profiles.path().toString());
      say(profiles.remove() ? "Removed the profiles from " + path : "nothing to remove");
      return 0;
    }
    show(profiles, named);
    return 0;
  }

  private void show(WrittenProfiles profiles, @Nullable String named) {
    String naming = named == null ? WrittenProfiles.IDENTITY : named;
    WrittenProfiles.Result result =
        isGiven(write)
            ? profiles.write(naming, isGiven(prune))
            : profiles.result(naming, isGiven(prune));
    result.notes().forEach(note -> say("atmos: " + TerminalText.line(note)));
    if (isGiven(write)) {
      String names = String.join(", ", result.names().values());
      String path = result.path().toString();
      say(TerminalText.line("AWS profiles: " + names + " → " + path));
    } else {
      services.console().answer(result.text());
    }
  }
}
