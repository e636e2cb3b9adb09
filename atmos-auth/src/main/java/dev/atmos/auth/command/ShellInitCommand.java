package dev.atmos.auth.command;

import dev.atmos.auth.env.EnvFormat;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.command.CommandOption;
import dev.atmos.services.command.CommandParameter;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code atmos auth shell-init SHELL}: a function by which a shell works as an identity. */
public final class ShellInitCommand extends AuthCommand {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

  private final CommandOption function =
      withValue("FUNCTION", "--name")
          .description("What the function is called; assume if it is left out.");
  private final CommandParameter shell =
      syntax.add(
          CommandParameter.one("SHELL", "bash, zsh, fish or powershell.").candidates(SHELLS));

  /** The command over this engine. */
  public ShellInitCommand(AuthEngine engine) {
    super(engine);
    syntax.synopsis("atmos auth shell-init bash|zsh|fish|powershell [--name FUNCTION] [options]");
    syntax.description(
        "Print a function for a shell's start-up file. With it, assume dev makes the present shell"
            + " work as an identity, as atmos auth env does, and signs in first if need be; assume"
            + " alone lets you pick one. assume - leaves it. The names of identities are"
            + " completed.");
    syntax.examples(
        "bash and zsh: put this line into ~/.bashrc, or into ~/.zshrc below compinit",
        "",
        "  eval \"$(atmos auth shell-init bash)\"",
        "  eval \"$(atmos auth shell-init zsh)\"",
        "",
        "fish: put this line into ~/.config/fish/config.fish",
        "",
        "  atmos auth shell-init fish | source",
        "",
        "powershell (this script has not been tested): put this line into your $PROFILE",
        "",
        "  atmos auth shell-init powershell | Out-String | Invoke-Expression",
        "",
        "Then:",
        "",
        "  assume dev",
        "  assume prod --static",
        "  assume -");
  }

  @Override
  public int run() {
    String wanted = shell.value();
    if (wanted == null || !SHELLS.contains(wanted)) {
      throw new AtmosException(
          ExitCode.USAGE,
          wanted == null
              ? "shell-init needs the name of a shell: bash, zsh, fish or powershell"
              : "atmos has no function for "
                  + DisplayNames.quoted(wanted)
                  + ", only for bash, zsh, fish and powershell",
          "how to use it: atmos auth shell-init --help");
    }
    String name = function.valueOr("assume");
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
      throw new AtmosException(
          ExitCode.USAGE, "--name must be letters, digits and _", "for example: --name assume");
    }
    String program =
        EnvFormat.valueOf(wanted.toUpperCase(Locale.ROOT)).word(services.launcher().command());
    services.console().answer(script(wanted).replace("@NAME@", name).replace("@ATMOS@", program));
    return 0;
  }

  private static String script(String shell) {
    String name = "shell-init-" + shell + ".txt";
    try (InputStream in = ShellInitCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
