package dev.atmos.cli.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code atmos completion SHELL}: the script that makes a shell complete atmos's words. */
public final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

  /** How much is shown of a wrong word. */
  private static final int LONGEST = 80;

  private final Services context;
  private final PositionalParamSpec shell;

  private CompletionCommand(Services context, PositionalParamSpec shell) {
    this.context = context;
    this.shell = shell;
  }

  /** Describes the command to picocli. */
  public static Object spec(Services context) {
    PositionalParamSpec shell =
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("SHELL")
            .completionCandidates(SHELLS)
            .description("bash, zsh, fish or powershell.")
            .build();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new CompletionCommand(context, shell));
    spec.addPositional(shell);
    spec.usageMessage()
        .customSynopsis("atmos completion bash|zsh|fish|powershell")
        .description(
            "",
            "Prints a script that makes a shell complete the words of atmos: commands, options,"
                + " and the names that your configuration has.",
            "")
        .footer(
            "",
            "bash, version 3.2 or newer: put this line into ~/.bashrc",
            "",
            "  eval \"$(atmos completion bash)\"",
            "",
            "  or, with the package bash-completion, write the script once:",
            "",
            "  mkdir -p ~/.local/share/bash-completion/completions",
            "  atmos completion bash > ~/.local/share/bash-completion/completions/atmos",
            "",
            "  For an alias, say so: complete -o nospace -F _atmos ALIAS",
            "",
            "zsh: put this line into ~/.zshrc, below the one that runs compinit",
            "",
            "  eval \"$(atmos completion zsh)\"",
            "",
            "  or write the script to a directory of $fpath, under the name _atmos:",
            "",
            "  atmos completion zsh > \"${fpath[1]}/_atmos\"",
            "",
            "fish:",
            "",
            "  atmos completion fish > ~/.config/fish/completions/atmos.fish",
            "",
            "powershell (this script has not been tested): put this line into the file that"
                + " $PROFILE names",
            "",
            "  atmos completion powershell | Out-String | Invoke-Expression",
            "",
            "A script that was written to a file is to be written anew after an update of atmos.");
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    String name = shell.getValue();
    if (name == null) {
      throw new AtmosException(
          ExitCode.USAGE,
          "completion needs the name of a shell: bash, zsh, fish or powershell",
          "how to install it: atmos completion --help");
    }
    if (!SHELLS.contains(name)) {
      String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
      throw new AtmosException(
          ExitCode.USAGE,
          "there is no completion for '" + shown + "', only for bash, zsh, fish and powershell");
    }
    context.console().answer(script(name));
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
