package dev.atmos.auth.terminal;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.Services;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal. Addresses and codes are always shown, whole and on lines of
 * their own, so that they can be copied to where there is a browser.
 */
public final class TerminalDialog implements SignInDialog {
  private final Services context;
  private final TerminalMode manners;
  private final boolean opensBrowser;

  /**
   * At this terminal.
   *
   * @param opensBrowser whether a browser may be opened; false where the user doesn't want that,
   *     and is content to be shown an address even where nobody seems to watch
   */
  public TerminalDialog(Services context, boolean opensBrowser) {
    this.context = context;
    this.manners = TerminalMode.of(context);
    this.opensBrowser = opensBrowser;
  }

  @Override
  public Waiting visit(Page page) {
    if (!manners.visits() && opensBrowser) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "signing in to "
              + DisplayNames.quoted(page.provider())
              + " takes somebody at a browser, and there is no terminal to tell them",
          "run it in a terminal; or with --no-browser, which prints the address and waits");
    }
    CommandConsole console = context.console();
    String best = page.completeAddress() == null ? page.address() : page.completeAddress();
    boolean opened = opensBrowser && new Browser(context).open(best);
    console.say(
        opened
            ? "To sign in to "
                + TerminalText.line(page.provider())
                + ", go on in the browser, or at"
            : "To sign in to " + TerminalText.line(page.provider()) + ", open this in a browser:");
    console.say("");
    console.say("    " + TerminalText.line(best));
    console.say("");
    if (page.code() != null) {
      String code = manners.bold(TerminalText.line(page.code()));
      console.say(
          page.completeAddress() == null
              ? "and type the code " + code
              : "and check that it shows the code " + code);
      if (page.completeAddress() != null) {
        console.say(
            manners.dim("(where it asks for the code: " + TerminalText.line(page.address()) + ")"));
      }
      console.say("");
    }
    if (!manners.moves()) {
      return () -> {};
    }
    InteractiveTerminal.Line line = context.terminal().live(() -> waiting(page.until()));
    return line::close;
  }

  private String waiting(@Nullable Instant until) {
    if (until == null) {
      return "Waiting";
    }
    Duration left = Duration.between(context.clock().instant(), until);
    long seconds = Math.max(0, left.toSeconds());
    return "Waiting, "
        + (seconds / 60)
        + ":"
        + (seconds % 60 < 10 ? "0" : "")
        + (seconds % 60)
        + " left (Ctrl-C gives up)";
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    if (!manners.asks()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "can't ask for the " + TerminalText.line(question) + ": there is no terminal",
          "run it in a terminal");
    }
    context.terminal().show(TerminalText.line(question) + ": ");
    Optional<Secret> answer = context.terminal().readSecret();
    // The line feed was typed, and not shown.
    context.terminal().show("\n");
    return answer;
  }
}
