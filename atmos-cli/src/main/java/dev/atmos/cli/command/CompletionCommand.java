package dev.atmos.cli.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code atmos completion SHELL}: the script that makes a shell complete atmos's words. */
@Command(
    customSynopsis = "atmos completion bash|zsh|fish|powershell",
    description = {
      "",
      "Prints a script that makes a shell complete the words of atmos: commands, options, and the"
          + " names that your configuration has.",
      ""
    },
    footer =
        """

        bash, version 3.2 or newer: put this line into ~/.bashrc

          eval "$(atmos completion bash)"

          or, with the package bash-completion, write the script once:

          mkdir -p ~/.local/share/bash-completion/completions
          atmos completion bash > ~/.local/share/bash-completion/completions/atmos

          For an alias, say so: complete -o nospace -F _atmos ALIAS

        zsh: put this line into ~/.zshrc, below the one that runs compinit

          eval "$(atmos completion zsh)"

          or write the script to a directory of $fpath, under the name _atmos:

          atmos completion zsh > "${fpath[1]}/_atmos"

        fish:

          atmos completion fish > ~/.config/fish/completions/atmos.fish

        powershell (this script has not been tested): put this line into your $PROFILE

          atmos completion powershell | Out-String | Invoke-Expression

        After an update of atmos, write a script that is in a file again.\
        """)
public final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

  private final CommandConsole console;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash, zsh, fish or powershell.")
  private @Nullable String shell;

  /** The command on that console. */
  public CompletionCommand(CommandConsole console) {
    this.console = console;
  }

  /** The shells, for completion. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    if (shell == null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "completion needs the name of a shell: bash, zsh, fish or powershell",
          "how to install it: atmos completion --help");
    }
    if (!SHELLS.contains(shell)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "atmos has no completion for "
              + DisplayNames.quoted(shell)
              + ", only for bash, zsh, fish and powershell");
    }
    console.answer(script(shell));
    return 0;
  }

  private static String script(String shell) throws IOException {
    String name = "completion-" + shell + ".txt";
    try (InputStream in = CompletionCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
