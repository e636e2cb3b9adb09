package dev.atmos.auth.terminal;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.services.Services;
import dev.atmos.services.system.InteractiveTerminal;
import dev.atmos.services.system.KeyPress;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user at the terminal. Addresses and codes are always shown, whole and on lines of their
 * own, so that they can be copied to another machine's browser.
 */
public final class TerminalDialog implements SignInDialog {
  private final Services services;
  private final TerminalMode mode;
  private final boolean opensBrowser;
  private final boolean prefersDeviceCode;
  private final Browser browser;

  /**
   * At this terminal.
   *
   * @param opensBrowser whether to open a browser; false if the user refuses that, and wants to see
   *     the address even in an output that isn't a terminal
   * @param prefersDeviceCode whether the user wants a device code in any case
   */
  public TerminalDialog(Services services, boolean opensBrowser, boolean prefersDeviceCode) {
    this(services, opensBrowser, prefersDeviceCode, new Browser(services, Optional::empty));
  }

  private TerminalDialog(
      Services services, boolean opensBrowser, boolean prefersDeviceCode, Browser browser) {
    this.services = services;
    this.mode = TerminalMode.of(services);
    this.opensBrowser = opensBrowser;
    this.prefersDeviceCode = prefersDeviceCode;
    this.browser = browser;
  }

  @Override
  public boolean hasLocalBrowser() {
    return opensBrowser && browser.isLocal();
  }

  @Override
  public boolean prefersDeviceCode() {
    return prefersDeviceCode;
  }

  @Override
  public SignInDialog withBrowser(Supplier<Optional<String>> command) {
    return new TerminalDialog(
        services, opensBrowser, prefersDeviceCode, new Browser(services, command));
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
    boolean opened = opensBrowser && browser.open(best);
    CommandConsole console = services.console();
    console.say("To sign in to " + provider + invitation(opened, page.isOnThisMachine()));
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
    InteractiveTerminal.Keys keys =
        page.isOnThisMachine() && mode.asks() ? services.terminal().keys().orElse(null) : null;
    // Short: a line that is wider than the terminal can't be taken away.
    String hint = keys == null ? "Ctrl-C: give up" : "d: device code";
    return new Watch(
        services.terminal().live(() -> waiting(page.until()) + " (" + hint + ")"), keys);
  }

  private static String invitation(boolean opened, boolean onThisMachine) {
    if (onThisMachine) {
      return (opened ? ", go on in the browser, or" : ",")
          + " open this in a browser on this machine:";
    }
    return opened ? ", go on in the browser, or at" : ", open this in a browser:";
  }

  private String waiting(@Nullable Instant until) {
    if (until == null) {
      return "Waiting";
    }
    Duration left = Duration.between(services.clock().instant(), until);
    long seconds = Math.max(0, left.toSeconds());
    return String.format(Locale.ROOT, "Waiting, %d:%02d left", seconds / 60, seconds % 60);
  }

  /** A line that counts down, and the keys that are pressed meanwhile. */
  private record Watch(InteractiveTerminal.Line line, InteractiveTerminal.@Nullable Keys keys)
      implements Waiting {

    @Override
    public boolean wantsDeviceCode() {
      boolean wanted = false;
      if (keys != null) {
        for (Optional<KeyPress> key = keys.pressed(); key.isPresent(); key = keys.pressed()) {
          wanted |= key.get().text().equalsIgnoreCase("d");
        }
      }
      return wanted;
    }

    @Override
    public void close() {
      line.close();
      if (keys != null) {
        keys.close();
      }
    }
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    if (!mode.asks()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          "can't ask for the " + TerminalText.line(question) + " without a terminal",
          "run it in a terminal, in the foreground");
    }
    services.terminal().show(TerminalText.line(question) + ": ");
    Optional<Secret> answer = services.terminal().readSecret();
    // The line feed that ended the secret wasn't shown.
    services.terminal().show("\n");
    return answer;
  }
}
