package dev.atmos.auth.command;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth exec}: runs a program as an identity. */
public final class ExecCommand implements Callable<Integer> {
  private final AuthEngine engine;
  private final Services context;
  private final OptionSpec identity;
  private final OptionSpec keys;
  private final PositionalParamSpec words;

  private ExecCommand(
      AuthEngine engine, OptionSpec identity, OptionSpec keys, PositionalParamSpec words) {
    this.engine = engine;
    this.context = engine.services();
    this.identity = identity;
    this.keys = keys;
    this.words = words;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    OptionSpec identity = AuthOptions.identity(engine, "Who the program is to be.");
    OptionSpec keys =
        AuthOptions.flag(
            "--static",
            "Give it the keys themselves, which nothing renews, instead of a profile that asks"
                + " for them.");
    PositionalParamSpec words =
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("COMMAND")
            .description("The program and its arguments.")
            .build();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new ExecCommand(engine, identity, keys, words));
    spec.addOption(identity).addOption(keys).addPositional(words);
    spec.parser().stopAtPositional(true);
    spec.usageMessage()
        .customSynopsis("atmos auth exec [-i NAME] [--static] [options] -- COMMAND...")
        .description(
            "",
            "Run a program that is an identity to AWS, and no other: what the shell says of other"
                + " credentials is taken away. Its credentials are renewed for as long as you are"
                + " signed in; if you aren't, you are asked to be first.",
            "",
            "The program takes the place of atmos: it has its terminal, its streams and its"
                + " signals, and what it ends with is what this ends with; 127 if there is no such"
                + " program, 126 if it can't be run.",
            "")
        .footer(
            "",
            "  atmos auth exec -i prod -- terraform apply",
            "  atmos auth exec -- aws sts get-caller-identity",
            "  atmos auth exec --identity -- sh -c 'aws s3 ls | sort'");
    return spec;
  }

  @Override
  public Integer call() {
    List<String> command = words.getValue();
    if (command == null || command.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "there is no command to run",
          "type it after two dashes: atmos auth exec -- COMMAND");
    }
    IdentitySelector selector = IdentitySelector.of(engine);
    Optional<String> name = selector.identity(identity.<String>getValue(), null, true);
    if (name.isEmpty()) {
      if (context.environment().nonEmpty("ATMOS_IDENTITY").isEmpty()) {
        throw selector.none();
      }
      // Who turns identities off wants the environment as it is.
      return ChildProcess.give(context, command, List.of());
    }
    Session session = EnsureSignedIn.ifNeeded(engine, name.get());
    List<Variable> variables =
        ChildProcess.variables(engine, name.get(), session, AuthOptions.isGiven(keys));
    return ChildProcess.give(context, command, variables);
  }
}
