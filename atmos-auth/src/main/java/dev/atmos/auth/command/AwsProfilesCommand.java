package dev.atmos.auth.command;

import dev.atmos.auth.env.WrittenProfiles;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.CommandOption;
import dev.atmos.text.TerminalText;
import org.jspecify.annotations.Nullable;

/** {@code atmos aws profiles}: profiles of all identities in the user's AWS configuration file. */
public final class AwsProfilesCommand extends AuthCommand {
  private final CommandOption write =
      flag(
          "--write", "Write the profiles to the file, in place of those that were written before.");
  private final CommandOption remove = flag("--remove", "Take the profiles out of the file.");
  private final CommandOption print = flag("--print", "Print the profiles. This is the default.");
  private final CommandOption prune =
      flag("--prune", "Leave out profiles of identities that the configuration no longer has.");
  private final CommandOption template =
      withValue("TEMPLATE", "--name-template")
          .description(
              "How profiles are called, with {identity}, {provider}, {account}, {principal} and"
                  + " {region}. Default: {identity}.");

  /** The command over this engine. */
  public AwsProfilesCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos aws profiles [--print] [--name-template TEMPLATE] [options]",
        "       atmos aws profiles --write [--prune] [--name-template TEMPLATE]",
        "                          [options]",
        "       atmos aws profiles --remove [options]");
    syntax.description(
        "Give programs outside of atmos auth exec the identities of this configuration: a profile"
            + " for each, in ~/.aws/config or the file that AWS_CONFIG_FILE names. A profile runs"
            + " atmos whenever a program needs credentials, and holds no secret.",
        "All else in the file stays as it is. Where you have a profile of the same name, ours is"
            + " called atmos/NAME.");
    syntax.examples(
        "  atmos aws profiles",
        "  atmos aws profiles --write",
        "  atmos aws profiles --write --name-template {account}.{principal}",
        "  aws --profile dev s3 ls");
  }

  @Override
  public int run() {
    requireOne(
        "--write, --remove and --print exclude each other",
        write.isGiven(),
        remove.isGiven(),
        print.isGiven());
    String named = template.value();
    if (remove.isGiven() && (prune.isGiven() || named != null)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "--remove goes with neither --prune nor --name-template",
          "leave them out");
    }
    WrittenProfiles profiles = new WrittenProfiles(engine);
    if (remove.isGiven()) {
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
        write.isGiven()
            ? profiles.write(naming, prune.isGiven())
            : profiles.result(naming, prune.isGiven());
    result.notes().forEach(note -> say("atmos: " + TerminalText.line(note)));
    if (write.isGiven()) {
      String names = String.join(", ", result.names().values());
      String path = result.path().toString();
      say(TerminalText.line("AWS profiles: " + names + " → " + path));
    } else {
      services.console().answer(result.text());
    }
  }
}
