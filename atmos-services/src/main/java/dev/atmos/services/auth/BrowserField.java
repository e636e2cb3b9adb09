package dev.atmos.services.auth;

import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.io.Processes;
import java.nio.file.Path;
import java.util.Optional;

/** The browser that a definition names. */
public final class BrowserField {
  /** Where it stands. A constant: using it loads no class. */
  public static final String PATH = "browser";

  private static final String NO_BROWSER = "none";

  private BrowserField() {}

  /** Its schema. */
  public static Schema schema() {
    return Schema.command(
            "The command that opens a browser, with %s where the address goes, or none."
                + " The variable ATMOS_BROWSER goes first.")
        .withHarmlessTexts(NO_BROWSER)
        .withExample("firefox -P work");
  }

  /** The dialog with that browser. It fails only where a browser has to be opened. */
  public static SignInDialog of(Definition definition, SignInDialog dialog) {
    return dialog.withBrowser(() -> command(definition, PATH));
  }

  /**
   * The command of a field; empty if there is none.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if its file isn't trusted with it
   */
  public static Optional<String> command(Definition definition, String path) {
    Optional<String> browser = definition.text(path);
    if (browser.isEmpty() || browser.get().equals(NO_BROWSER)) {
      return browser;
    }
    // Fails if this file may not name a program. No shell runs it, unlike other commands.
    Path directory = definition.command(path).map(Processes.Program::directory).orElse(null);
    if (directory == null || !browser.get().matches("(?![A-Za-z]:)[^/\\\\ \"'][^ \"']*/.*")) {
      return browser;
    }
    // A path of the file's own, wherever the user is.
    String quote = directory.toString().indexOf('"') < 0 ? "\"" : "'";
    return Optional.of(quote + directory + "/" + quote + browser.get());
  }
}
