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
import dev.atmos.plugin.io.DataFormats;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.cli.OutputOption;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code atmos auth env}: the variables that make a shell, or a job, an identity. */
public final class EnvCommand implements Callable<Integer> {
  private static final String GITHUB_FILE = "GITHUB_ENV";

  private final AuthEngine engine;
  private final Services context;
  private final OptionSpec identity;
  private final OutputOption format;
  private final OptionSpec outputFile;
  private final OptionSpec login;
  private final OptionSpec keys;
  private final OptionSpec unset;

  private EnvCommand(
      AuthEngine engine,
      OptionSpec identity,
      OutputOption format,
      OptionSpec outputFile,
      OptionSpec login,
      OptionSpec keys,
      OptionSpec unset) {
    this.engine = engine;
    this.context = engine.services();
    this.identity = identity;
    this.format = format;
    this.outputFile = outputFile;
    this.login = login;
    this.keys = keys;
    this.unset = unset;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    OptionSpec identity = AuthOptions.identity(engine, "Whose environment.");
    OutputOption format = EnvFormat.option();
    OptionSpec outputFile =
        OptionSpec.builder("-o", "--output-file")
            .arity("1")
            .type(String.class)
            .paramLabel("FILE")
            .description(
                "Write them to this file: in the place of what this command wrote there before;"
                    + " with github at its end, with json instead of all of it.")
            .build();
    OptionSpec login = AuthOptions.flag("--login", "Sign in first, if need be.");
    OptionSpec keys =
        AuthOptions.flag(
            "--static",
            "The keys themselves, which nothing renews, instead of a profile that asks for them.");
    OptionSpec unset = AuthOptions.flag("--unset", "What takes the variables away again.");
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            new EnvCommand(engine, identity, format, outputFile, login, keys, unset));
    spec.addOption(identity);
    format.addTo(spec);
    spec.addOption(outputFile);
    spec.addOption(login).addOption(keys).addOption(unset);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth env [-i NAME] [-f FORMAT] [-o FILE] [--login] [--static]",
            "                      [options]",
            "       atmos auth env --unset [-i NAME] [-f FORMAT] [-o FILE] [options]")
        .description(
            "",
            "Print the variables that make the AWS tools use an identity. They name a profile"
                + " that runs atmos for credentials whenever some are needed, so that they are good"
                + " for as long as you are signed in, and there is no secret among them. What"
                + " would win over it, such as AWS_ACCESS_KEY_ID, is taken away.",
            "",
            "Without --login and --static nobody is signed in and nothing is asked for, so that"
                + " this can stand in a shell's start-up file.",
            "")
        .footer(
            "",
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
    return spec;
  }

  @Override
  public Integer call() {
    EnvFormat form = EnvFormat.of(format);
    if (AuthOptions.isGiven(unset) && (AuthOptions.isGiven(login) || AuthOptions.isGiven(keys))) {
      throw new AtmosException(
          ExitCode.USAGE, "--unset goes with neither --login nor --static", "leave them out");
    }
    Path file = file(form);
    String name = identity.getValue();
    if (AuthOptions.isGiven(unset)) {
      write(form, file, form.write(unset(name), true, this::data));
      return 0;
    }
    // In a start-up file there is a terminal, and nobody who expects to be asked.
    IdentitySelector selector = IdentitySelector.of(engine);
    Optional<String> found = selector.identity(name, null, AuthOptions.isGiven(login));
    if (found.isEmpty()) {
      throw selector.none();
    }
    IdentityEnvironment environment = IdentityEnvironment.of(engine, found.get());
    Session session = session(found.get());
    List<Variable> variables;
    List<Secret> secrets = new ArrayList<>();
    if (AuthOptions.isGiven(keys) && session != null) {
      AwsCredentials credentials = session.credentials();
      variables = environment.keys(credentials);
      secrets.add(credentials.secretAccessKey());
      if (credentials.sessionToken() != null) {
        secrets.add(credentials.sessionToken());
      }
    } else {
      if (environment.needsKeys()) {
        throw new AtmosException(
            ExitCode.USAGE,
            "identity '"
                + found.get()
                + "' starts from keys in the environment, which no profile can ask for",
            "use --static");
      }
      variables = environment.profile(true);
    }
    String text = form.write(variables, false, this::data);
    if (form == EnvFormat.GITHUB && !secrets.isEmpty() && file != null) {
      // The runner shows the variables of each step in the job's log.
      context.console().answer(EnvFormat.masks(secrets));
    }
    write(form, file, text);
    return 0;
  }

  private @Nullable Session session(String name) {
    if (AuthOptions.isGiven(login)) {
      return EnsureSignedIn.ifNeeded(engine, name);
    }
    return AuthOptions.isGiven(keys) ? engine.sessions().silent(name) : null;
  }

  /**
   * Who is to be gone can't be required to be there: without an identity, what all of them have.
   */
  private List<Variable> unset(@Nullable String name) {
    try {
      Optional<String> found = IdentitySelector.of(engine).identity(name, null, false);
      if (found.isPresent()) {
        return IdentityEnvironment.of(engine, found.get()).unset();
      }
    } catch (AtmosException e) {
      if (name != null) {
        throw e;
      }
      context.console().debug("only what all identities have is taken away: " + e.sentence());
    }
    return IdentityEnvironment.unsetOfAny();
  }

  /** Where it is written to; null for standard output. */
  private @Nullable Path file(EnvFormat form) {
    String named = outputFile.getValue();
    if (named == null && form == EnvFormat.GITHUB) {
      named =
          context
              .environment()
              .nonEmpty(GITHUB_FILE)
              .orElseThrow(() ->
                  new AtmosException(
                      ExitCode.USAGE,
                      "the format github is for the file that "
                          + GITHUB_FILE
                          + " names, and it isn't set",
                      "name a file: --output-file FILE"));
    }
    if (named == null) {
      return null;
    }
    if (named.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE, "--output-file is empty", "name a file: --output-file FILE");
    }
    try {
      return context.directories().workingDirectory().resolve(named);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, "--output-file is no valid path");
    }
  }

  private void write(EnvFormat form, @Nullable Path file, String text) {
    if (file == null) {
      context.console().answer(text);
    } else {
      EnvFile.write(context, file, form, text);
    }
  }

  private DataFormats data() {
    return context.service(DataFormats.class);
  }
}
