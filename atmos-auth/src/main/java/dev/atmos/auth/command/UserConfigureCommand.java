package dev.atmos.auth.command;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Terminal;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TerminalText;
import java.util.List;
import java.util.Optional;

/** {@code atmos auth user configure}: stores the long-lived key of an identity, or removes it. */
public final class UserConfigureCommand extends AuthCommand {
  private final CommandParameter word = word("The identity, as with --identity.");
  private final CommandOption identity =
      identityOption(
          "The identity whose key to store. If it is left out: the only one that has none"
              + " in the configuration.");
  private final CommandOption stdin =
      flag("--stdin", "Read the answers from standard input, each on a line of its own.");
  private final CommandOption remove =
      flag("--remove", "Remove the stored key, and all that was made with it.");

  /** The command over this engine. */
  public UserConfigureCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis(
        "atmos auth user configure [NAME | --identity NAME] [--stdin | --remove] [options]");
    syntax.description(
        "Store the access key of an IAM user where sign-ins are kept, so that it"
            + " need not be in a file of the configuration: the id of the key, its secret, the MFA"
            + " device and the length of a session. What you type isn't shown. What the"
            + " configuration says already isn't asked.",
        "Run it again to change the key. A logout leaves it.");
    syntax.examples(
        "  atmos auth user configure me",
        "  atmos auth user configure me --stdin < answers",
        "  atmos auth user configure me --remove");
  }

  @Override
  public int run() {
    requireOne("--stdin and --remove don't go together", stdin.isGiven(), remove.isGiven());
    String name = name();
    if (remove.isGiven()) {
      return remove(name);
    }
    engine.sessions().configure(name, dialog(name));
    say("Stored the key of " + TerminalText.line(name));
    say("To check it: atmos auth login " + ShellQuoting.word(name));
    return 0;
  }

  private String name() {
    EntrySelector selector = EntrySelector.of(engine);
    String named = identity.value();
    String positional = word.value();
    if (named != null || positional != null) {
      return selector.configured(named, positional, false);
    }
    List<AuthEntry> storing =
        selector.identities().stream()
            .filter(each -> engine.sessions().storesKey(each.name()))
            .toList();
    if (storing.size() == 1) {
      return storing.getFirst().name();
    }
    if (storing.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "no identity has a key that is stored",
          "see which there are, and of which kinds: atmos auth list");
    }
    return selector.pick(storing);
  }

  private SignInDialog dialog(String name) {
    if (stdin.isGiven()) {
      if (services.terminal().isInteractive()) {
        throw new AtmosException(
            ExitCode.USAGE,
            "--stdin is for scripts, and standard input is a terminal, which would show the key",
            "leave --stdin out");
      }
      return new ScriptDialog(services.terminal());
    }
    if (!TerminalMode.of(services).asks()) {
      return new NoDialog(name);
    }
    return new TerminalDialog(services, false, false);
  }

  private int remove(String name) {
    LogoutPlan plan = engine.sessions().plan(new LogoutScope.OfKey(name), true);
    int exitCode = 0;
    for (LogoutOutcome outcome : engine.sessions().logout(plan)) {
      AtmosException failure = outcome.failure();
      if (failure == null) {
        say("done: " + TerminalText.line(outcome.step().description()));
      } else {
        EnsureSignedIn.warn(services, failure);
        exitCode = ExitCode.FAILED.code();
      }
    }
    if (plan.steps().isEmpty()) {
      say("nothing to remove");
    }
    return exitCode;
  }

  /** No person can be asked, which matters only if something has to be. */
  private record NoDialog(String name) implements SignInDialog {
    @Override
    public Waiting visit(Page page) {
      throw failure();
    }

    @Override
    public Optional<Secret> askSecret(String question) {
      throw failure();
    }

    private AtmosException failure() {
      return new AtmosException(
          ExitCode.USAGE,
          "can't ask for the key of " + DisplayNames.quoted(name) + " without a terminal",
          "run it in a terminal; or give the answers on standard input: atmos auth user configure "
              + ShellQuoting.word(name)
              + " --stdin");
    }
  }

  /** Answers questions by the lines of standard input. */
  private record ScriptDialog(Terminal input) implements SignInDialog {
    @Override
    public Waiting visit(Page page) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "a script can't visit " + TerminalText.line(page.address()));
    }

    @Override
    public Optional<Secret> askSecret(String question) {
      return input.readLine().map(Secret::of);
    }
  }
}
