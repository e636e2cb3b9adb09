package dev.atmos.auth.command;

import dev.atmos.auth.model.ChosenIdentity;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.Optional;

/** {@code atmos auth use}: chooses the identity of the commands that a person types. */
public final class UseCommand extends AuthCommand {
  private static final String BACK = "-";

  private final CommandParameter word =
      word("The identity; - for the one before. Without a name: pick one from a list.");
  private final CommandOption unset = flag("--unset", "Forget the choice.");

  /** The command over this engine. */
  public UseCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth use [NAME | - | --unset] [options]");
    syntax.description(
        "Choose your identity in this project. It counts for the commands that you type, unless you"
            + " name another one with --identity or ATMOS_IDENTITY, and before the default of the"
            + " configuration.",
        "It never counts for what programs run: aws eks token and auth credential-process.");
    syntax.examples(
        "  atmos auth use prod",
        "  atmos auth use -           the one before",
        "  atmos auth use --unset     the default of the configuration again");
  }

  @Override
  public int run() {
    String wanted = word.value();
    requireOne("a name and --unset don't go together", wanted != null, unset.isGiven());
    EntrySelector selector = EntrySelector.of(engine);
    ChosenIdentity chosen = new ChosenIdentity(services);
    if (unset.isGiven()) {
      chosen.unset();
      say("No identity is chosen in " + project(chosen) + "; the configuration's default counts");
      return 0;
    }
    String name =
        wanted == null
            ? selector.pick(selector.identities())
            : selector.configured(null, wanted.equals(BACK) ? before(chosen) : wanted, false);
    chosen.choose(name);
    say("Your identity in " + project(chosen) + " is now " + TerminalText.line(name));
    services
        .environment()
        .nonEmpty("ATMOS_IDENTITY")
        .ifPresent(variable ->
            say("but ATMOS_IDENTITY=" + TerminalText.line(variable) + " is set, and counts first"));
    return 0;
  }

  private static String project(ChosenIdentity chosen) {
    return TerminalText.line(chosen.project().toString());
  }

  private static String before(ChosenIdentity chosen) {
    Optional<String> current = chosen.name();
    return chosen.recent().stream()
        .filter(name -> !current.equals(Optional.of(name)))
        .findFirst()
        .orElseThrow(() ->
            new AtmosException(
                ExitCode.USAGE,
                "no identity was used before "
                    + current.map(DisplayNames::quoted).orElse("in this project"),
                current.isPresent()
                    ? "for the configuration's default: atmos auth use --unset"
                    : "name one: atmos auth use NAME"));
  }
}
