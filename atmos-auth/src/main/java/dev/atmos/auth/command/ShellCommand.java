package dev.atmos.auth.command;

import dev.atmos.auth.env.IdentityEnvironment;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code atmos auth shell}: a shell whose programs run as an identity. */
public final class ShellCommand extends AuthCommand {
  private static final String LEVEL = "ATMOS_SHLVL";

  private final CommandOption identity = identity("The identity of the shell.");
  private final CommandOption shell =
      withValue("PROGRAM", "--shell")
          .description("The shell. If it is left out: ATMOS_SHELL, else SHELL, else bash or sh.");
  private final CommandOption region = region("The region that programs work in.");
  private final CommandOption only = only();
  private final CommandOption keys = keys();
  private final CommandOption force =
      flag("--force", "Start one even inside of a shell of an identity.");
  private final CommandParameter words =
      words("NAME", "The identity, as with --identity; arguments of the shell after two dashes.");

  /** The command over this engine. */
  public ShellCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos auth shell [NAME | -i NAME] [--region REGION] [--shell PROGRAM]",
        "                        [options] [-- ARGUMENT...]");
    syntax.description(
        "Start a shell in which every program runs as an identity, and as no other. exit leaves"
            + " it. A prompt can show ATMOS_IDENTITY and ATMOS_SHLVL, which are set in it.");
    syntax.examples(
        "  atmos auth shell prod",
        "  atmos auth shell --shell zsh",
        "  atmos auth shell -- -c 'aws s3 ls'");
  }

  @Override
  public int run() {
    List<String> before = syntax.beforeDashes();
    List<String> arguments = words.values().subList(before.size(), words.values().size());
    if (before.size() > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          "atmos auth shell takes no word " + DisplayNames.quoted(before.get(1)),
          "a shell is chosen by --shell PROGRAM, and its arguments stand after two dashes");
    }
    int level = level();
    if (level > 0 && !force.isGiven()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "this is a shell of identity "
              + DisplayNames.quoted(services.environment().get("ATMOS_IDENTITY").orElse("?"))
              + " already",
          "leave it by exit, or start one inside of it by --force");
    }
    List<String> command = new ArrayList<>(List.of(program()));
    command.addAll(arguments);
    String named = before.isEmpty() ? null : before.getFirst();
    String name = EntrySelector.of(engine).configured(identity.value(), named, true);
    IdentityEnvironment environment =
        IdentityEnvironment.of(engine, name, region.value(), only.isGiven())
            .allowed(keys.isGiven());
    Session session = EnsureSignedIn.ifNeeded(engine, name);
    List<Variable> variables = ChildProcess.variables(environment, session, keys.isGiven());
    variables.add(Variable.of(LEVEL, Secret.of(Integer.toString(level + 1))));
    environment.region().ifPresent(found -> found.show(services));
    if (arguments.isEmpty()) {
      say("atmos: a shell of identity " + DisplayNames.quoted(name) + "; exit leaves it");
    }
    return ChildProcess.give(services, session, command, variables);
  }

  private int level() {
    try {
      return Math.max(0, Integer.parseInt(services.environment().get(LEVEL).orElse("0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String program() {
    String chosen = shell.value();
    if (chosen != null) {
      if (chosen.isEmpty()) {
        throw new AtmosException(ExitCode.USAGE, "--shell is empty", "name one: --shell PROGRAM");
      }
      return chosen;
    }
    boolean windows = HostSystem.isWindows(services);
    Optional<String> configured =
        services
            .environment()
            .nonEmpty("ATMOS_SHELL")
            .or(() -> services.environment().nonEmpty(windows ? "COMSPEC" : "SHELL"));
    if (configured.isPresent()) {
      return configured.get();
    }
    if (windows) {
      return "cmd.exe";
    }
    return services.processes().find("bash").isPresent() ? "bash" : "sh";
  }
}
