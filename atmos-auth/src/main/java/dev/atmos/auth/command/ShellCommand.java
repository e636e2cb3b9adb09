package dev.atmos.auth.command;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos auth shell}: a shell in which everything is an identity. */
public final class ShellCommand implements Callable<Integer> {
  private static final String LEVEL = "ATMOS_SHLVL";

  private final AuthEngine engine;
  private final Services context;
  private final OptionSpec identity;
  private final OptionSpec shell;
  private final OptionSpec keys;
  private final OptionSpec force;
  private final PositionalParamSpec words;
  private @Nullable CommandSpec spec;

  private ShellCommand(
      AuthEngine engine,
      OptionSpec identity,
      OptionSpec shell,
      OptionSpec keys,
      OptionSpec force,
      PositionalParamSpec words) {
    this.engine = engine;
    this.context = engine.services();
    this.identity = identity;
    this.shell = shell;
    this.keys = keys;
    this.force = force;
    this.words = words;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(AuthEngine engine) {
    OptionSpec identity = AuthOptions.identity(engine, "Who the shell is to be.");
    OptionSpec shell =
        OptionSpec.builder("--shell")
            .arity("1")
            .type(String.class)
            .paramLabel("PROGRAM")
            .description("The shell. If it is left out: ATMOS_SHELL, else SHELL, else bash or sh.")
            .build();
    OptionSpec keys =
        AuthOptions.flag(
            "--static",
            "Give it the keys themselves, which nothing renews, instead of a profile that asks"
                + " for them.");
    OptionSpec force = AuthOptions.flag("--force", "Also in a shell that is one of these already.");
    PositionalParamSpec words =
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("ARGUMENT")
            .description("Arguments of the shell, after two dashes.")
            .build();
    ShellCommand command = new ShellCommand(engine, identity, shell, keys, force, words);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    command.spec = spec;
    spec.addOption(identity).addOption(shell).addOption(keys).addOption(force);
    spec.addPositional(words);
    spec.usageMessage()
        .customSynopsis("atmos auth shell [-i NAME] [--shell PROGRAM] [options] [-- ARGUMENT...]")
        .description(
            "",
            "Start a shell in which every program is an identity to AWS, and no other. exit"
                + " leaves it. What ATMOS_IDENTITY and ATMOS_SHLVL say in it, a prompt can show.",
            "")
        .footer(
            "",
            "  atmos auth shell -i prod",
            "  atmos auth shell --shell zsh",
            "  atmos auth shell -- -c 'aws s3 ls'");
    return spec;
  }

  @Override
  public Integer call() {
    List<String> arguments = words.getValue();
    if (arguments != null && !arguments.isEmpty() && !hasDashes()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "atmos auth shell takes no word " + DisplayNames.quoted(arguments.get(0)),
          "a shell is chosen by --shell PROGRAM, and its arguments stand after two dashes");
    }
    Environment environment = context.environment();
    int level = level(environment);
    if (level > 0 && !AuthOptions.isGiven(force)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "this is a shell of identity "
              + DisplayNames.quoted(environment.get("ATMOS_IDENTITY").orElse("?"))
              + " already",
          "leave it by exit, or start one inside of it by --force");
    }
    String program = program();
    String name = IdentitySelector.of(engine).configured(identity.<String>getValue(), null, true);
    Session session = EnsureSignedIn.ifNeeded(engine, name);
    List<Variable> variables =
        new ArrayList<>(ChildProcess.variables(engine, name, session, AuthOptions.isGiven(keys)));
    variables.add(Variable.of(LEVEL, Secret.of(Integer.toString(level + 1))));
    List<String> command = new ArrayList<>(List.of(program));
    if (arguments != null) {
      command.addAll(arguments);
    }
    if (arguments == null || arguments.isEmpty()) {
      context
          .console()
          .say("atmos: a shell of identity " + DisplayNames.quoted(name) + "; exit leaves it");
    }
    return ChildProcess.give(context, command, variables);
  }

  private boolean hasDashes() {
    CommandSpec known = spec;
    return known != null && known.commandLine().getParseResult().originalArgs().contains("--");
  }

  private static int level(Environment environment) {
    try {
      return Math.max(0, Integer.parseInt(environment.get(LEVEL).orElse("0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String program() {
    String chosen = shell.getValue();
    if (chosen != null) {
      if (chosen.isEmpty()) {
        throw new AtmosException(ExitCode.USAGE, "--shell is empty", "name one: --shell PROGRAM");
      }
      return chosen;
    }
    Environment environment = context.environment();
    boolean windows = HostSystem.isWindows(context);
    for (String name :
        windows ? List.of("ATMOS_SHELL", "COMSPEC") : List.of("ATMOS_SHELL", "SHELL")) {
      Optional<String> value = environment.nonEmpty(name);
      if (value.isPresent()) {
        return value.get();
      }
    }
    if (windows) {
      return "cmd.exe";
    }
    return context.processes().find("bash").isPresent() ? "bash" : "sh";
  }
}
