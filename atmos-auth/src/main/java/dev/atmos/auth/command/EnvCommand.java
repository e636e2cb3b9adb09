package dev.atmos.auth.command;

import dev.atmos.auth.env.EnvFile;
import dev.atmos.auth.env.EnvFormat;
import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.command.OutputOption;
import dev.atmos.text.DisplayNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code atmos auth env}: the variables by which a shell, or a job, uses an identity. */
public final class EnvCommand extends AuthCommand {
  private static final String GITHUB_FILE = "GITHUB_ENV";

  private final CommandParameter word = word("The identity to use, as with --identity.");
  private final CommandOption identity = identity("The identity to use.");
  private final OutputOption format = output(EnvFormat.option());
  private final CommandOption outputFile =
      withValue("FILE", "-o", "--output-file")
          .description(
              "Write them to this file, in the place of what this command wrote there before;"
                  + " with github at its end, with json instead of all of it. The name of a"
                  + " format is the format, as with --format.");
  private final CommandOption login = flag("--login", "Sign in first, if need be.");
  private final CommandOption region = region("The region that programs work in.");
  private final CommandOption only = only();
  private final CommandOption keys = keys();
  private final CommandOption unset = flag("--unset", "Remove the variables again.");

  /** The command over this engine. */
  public EnvCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos auth env [NAME | -i NAME] [--region REGION] [-f FORMAT] [-o FILE]",
        "                      [--login] [--static] [options]",
        "       atmos auth env --unset [NAME | -i NAME] [-f FORMAT] [-o FILE] [options]");
    syntax.description(
        "Print the variables that make the AWS tools use an identity. They name a profile that"
            + " runs atmos whenever a tool needs credentials, so that they work for as long as you"
            + " are signed in, and hold no secret. Variables that would win over the profile, such"
            + " as AWS_ACCESS_KEY_ID, are removed.",
        "Without --login and --static it signs in to nothing and asks you nothing, so that a"
            + " shell's start-up file can run it.");
    syntax.examples(
        "In bash or zsh, in fish, in PowerShell:",
        "",
        "  eval \"$(atmos auth env -i dev)\"",
        "  atmos auth env -i dev -f fish | source",
        "  atmos auth env -i dev -f powershell | Out-String | Invoke-Expression",
        "",
        "And out of it again:",
        "",
        "  eval \"$(atmos auth env --unset)\"",
        "",
        "For the next steps of a job of GitHub Actions:",
        "",
        "  atmos auth env -i deploy -f github --login",
        "",
        "For a program that can't use profiles:",
        "",
        "  atmos auth env -i dev -f dotenv --static -o .env");
  }

  @Override
  public int run() {
    String target = outputFile.value();
    if (target != null && !format.isGiven() && format.has(target)) {
      format.fallBackTo(target);
      target = null;
    } else if (target == null) {
      target = services.environment().nonEmpty("ATMOS_AUTH_ENV_OUTPUT_FILE").orElse(null);
    }
    Optional<String> usual = services.environment().nonEmpty("ATMOS_AUTH_ENV_FORMAT");
    if (usual.isPresent()) {
      format.fallBackTo(usual.get());
    }
    EnvFormat form = EnvFormat.of(format);
    if (unset.isGiven() && (login.isGiven() || keys.isGiven())) {
      throw new AtmosException(
          ExitCode.USAGE, "--unset goes with neither --login nor --static", "leave them out");
    }
    Path file = file(form, target);
    if (unset.isGiven()) {
      write(form, file, unset(identity.value(), word.value()), true, false);
      return 0;
    }
    // A start-up file runs in a terminal, and its user doesn't expect a question.
    EntrySelector selector = EntrySelector.of(engine);
    String name = selector.configured(identity.value(), word.value(), login.isGiven());
    // Before the sign-in, and before the masks, which show the keys.
    IdentityEnvironment environment =
        IdentityEnvironment.of(engine, name, region.value(), only.isGiven())
            .allowed(keys.isGiven());
    if (!keys.isGiven() && environment.needsKeys()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "identity "
              + DisplayNames.quoted(name)
              + " starts from keys in the environment, which no profile can ask for",
          "use --static");
    }
    Session session = session(name);
    if (keys.isGiven() && session != null) {
      AwsCredentials credentials = session.credentials();
      if (form == EnvFormat.GITHUB) {
        // The runner shows the variables of each step in the job's log.
        services.console().answer(EnvFormat.masks(secrets(credentials)));
      }
      write(form, file, environment.keys(credentials), false, true);
    } else {
      write(form, file, environment.profile(true), false, false);
    }
    return 0;
  }

  private @Nullable Session session(String name) {
    if (login.isGiven()) {
      return EnsureSignedIn.ifNeeded(engine, name);
    }
    return keys.isGiven() ? engine.sessions().silent(name) : null;
  }

  private static List<Secret> secrets(AwsCredentials credentials) {
    Secret token = credentials.sessionToken();
    return token == null
        ? List.of(credentials.secretAccessKey())
        : List.of(credentials.secretAccessKey(), token);
  }

  /**
   * What removes an identity's variables. Those that all identities have can be removed without an
   * identity.
   */
  private List<Variable> unset(@Nullable String option, @Nullable String name) {
    try {
      Optional<String> found = EntrySelector.of(engine).identity(option, name, false);
      if (found.isPresent()) {
        return IdentityEnvironment.of(engine, found.get(), null, false).unset();
      }
    } catch (AtmosException e) {
      if (option != null || name != null) {
        throw e;
      }
      services.console().debug("only what all identities have is removed: " + e.sentence());
    }
    return IdentityEnvironment.unsetOfAny(engine);
  }

  /** The file that it is written to; null for standard output. */
  private @Nullable Path file(EnvFormat form, @Nullable String target) {
    String named = target;
    if (named == null && form == EnvFormat.GITHUB) {
      named = services.environment().nonEmpty(GITHUB_FILE).orElse(null);
      if (named == null) {
        throw noFile(
            "the format github is for the file that " + GITHUB_FILE + " names, and it isn't set");
      }
    }
    if (named == null) {
      return null;
    }
    if (named.isEmpty()) {
      throw noFile("--output-file is empty");
    }
    try {
      return services.directories().workingDirectory().resolve(named);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "--output-file is not a valid path");
    }
  }

  private static AtmosException noFile(String sentence) {
    return new AtmosException(ExitCode.USAGE, sentence, "name a file: --output-file FILE");
  }

  private void write(
      EnvFormat form,
      @Nullable Path file,
      List<Variable> variables,
      boolean empties,
      boolean secret) {
    String text = form.write(variables, empties, services);
    if (file == null) {
      services.console().answer(text);
    } else {
      EnvFile.write(services, file, form, text, secret);
    }
  }
}
