package dev.atmos.auth.terminal;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.Services;
import dev.atmos.services.cli.TerminalMode;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user at the terminal. Addresses and codes are always shown, whole and on lines of their
 * own, so that they can be copied to another machine's browser.
 */
public final class TerminalDialog implements SignInDialog {
  private final Services services;
  private final TerminalMode mode;
  private final boolean opensBrowser;

  /**
   * At this terminal.
   *
   * @param opensBrowser whether to open a browser; false if the user refuses that, and wants to see
   *     the address even in an output that isn't a terminal
   */
  public TerminalDialog(Services services, boolean opensBrowser) {
    this.services = services;
    this.mode = TerminalMode.of(services);
    this.opensBrowser = opensBrowser;
  }

  @Override
  public Waiting visit(Page page) {
    String provider = TerminalText.line(page.provider());
    if (!mode.visits() && opensBrowser) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "signing in to "
              + DisplayNames.quoted(page.provider())
              + " needs a browser and a terminal",
          "run it in a terminal; or with --no-browser, which prints the address and waits");
    }
    String best = page.completeAddress() == null ? page.address() : page.completeAddress();
    boolean opened = opensBrowser && new Browser(services).open(best);
    CommandConsole console = services.console();
    console.say(
        "To sign in to "
            + provider
            + (opened ? ", go on in the browser, or at" : ", open this in a browser:"));
    console.say("");
    console.say("    " + TerminalText.line(best));
    console.say("");
    if (page.code() != null) {
      String code = mode.bold(TerminalText.line(page.code()));
      if (page.completeAddress() == null) {
        console.say("and type the code " + code);
      } else {
        String address = TerminalText.line(page.address());
        console.say("and check that it shows the code " + code);
        console.say(mode.dim("(where it asks for the code: " + address + ")"));
      }
      console.say("");
    }
    if (!mode.moves()) {
      return () -> {};
    }
    InteractiveTerminal.Line line = services.terminal().live(() -> waiting(page.until()));
    return line::close;
  }

  private String waiting(@Nullable Instant until) {
    if (until == null) {
      return "Waiting";
    }
    Duration left = Duration.between(services.clock().instant(), until);
    long seconds = Math.max(0, left.toSeconds());
    return String.format(
        Locale.ROOT, "Waiting, %d:%02d left (Ctrl-C gives up)", seconds / 60, seconds % 60);
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    if (!mode.asks()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "can't ask for the " + TerminalText.line(question) + " without a terminal",
          "run it in a terminal");
    }
    services.terminal().show(TerminalText.line(question) + ": ");
    Optional<Secret> answer = services.terminal().readSecret();
    // The line feed that ended the secret wasn't shown.
    services.terminal().show("\n");
    return answer;
  }
}
