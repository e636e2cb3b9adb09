package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth exec}: runs a program as an identity. */
public final class ExecCommand extends AuthCommand {
  private final OptionSpec identity = identity("The identity of the program.");
  private final OptionSpec region = region();
  private final OptionSpec only = only();
  private final OptionSpec keys = keys();
  private final PositionalParamSpec words = words("COMMAND", "The program and its arguments.");

  private ExecCommand(AuthEngine engine) {
    super(engine);
    spec.parser().stopAtPositional(true);
    spec.usageMessage()
        .customSynopsis(
            "atmos auth exec [NAME | -i NAME] [--region REGION] [--static] [options]",
            "                       -- COMMAND...");
    description(
        "Run a program as an identity. Other credentials of AWS are removed from its environment."
            + " Its own are renewed for as long as you are signed in; if you aren't, you are asked"
            + " to sign in first.",
        "The program takes the place of atmos: it has its terminal, its streams and its signals,"
            + " and atmos ends with its exit code; with 127 if the program doesn't exist, and with"
            + " 126 if it can't be run.");
    examples(
        "  atmos auth exec prod -- terraform apply",
        "  atmos auth exec -- aws sts get-caller-identity",
        "  atmos auth exec --identity -- sh -c 'aws s3 ls | sort'");
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    return new ExecCommand(engine).spec;
  }

  @Override
  public Integer call() {
    List<String> command = values(words);
    if (command.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the command to run is missing",
          "type it after two dashes: atmos auth exec -- COMMAND");
    }
    List<String> before = beforeDashes(words);
    boolean isName = value(identity) == null && before.size() == 1 && command.size() > 2;
    String named = isName ? before.getFirst() : null;
    if (isName) {
      command = command.subList(2, command.size());
    }
    EntrySelector selector = EntrySelector.of(engine);
    Optional<String> name = selector.identity(value(identity), named, true);
    if (name.isEmpty()) {
      if (value(identity) == null
          && named == null
          && services.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()) {
        throw selector.none();
      }
      // A user who turns identities off wants the environment as it is.
      return ChildProcess.give(services, null, command, List.of());
    }
    IdentityEnvironment environment =
        IdentityEnvironment.of(engine, name.get(), value(region), isGiven(only))
            .allowed(isGiven(keys));
    Session session = EnsureSignedIn.ifNeeded(engine, name.get());
    environment.region().ifPresent(found -> found.show(services));
    return ChildProcess.give(
        services, session, command, ChildProcess.variables(environment, session, isGiven(keys)));
  }
}
