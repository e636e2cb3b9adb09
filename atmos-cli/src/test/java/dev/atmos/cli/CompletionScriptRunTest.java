package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos completion}. The scripts themselves are tested in their shells, by the product. */
final class CompletionScriptRunTest {

  private static String script(String shell) {
    return AtmosRun.unix().run("completion", shell).answer();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "bash; complete -o nospace -F _atmos atmos",
        "zsh; compdef _atmos atmos",
        "fish; complete --command atmos --no-files --arguments '(__atmos_complete)'",
        "powershell; Register-ArgumentCompleter -Native -CommandName 'atmos' -ScriptBlock {",
      })
  void script_ofAShell_registersItself(String shell, String line) {
    for (View view : View.values()) {
      String script = view.atmos().run("completion", shell).answer();
      assertThat(script).contains(line).contains("__complete").endsWith("\n");
      assertThat(script).doesNotContain("\r").matches("\\A\\p{ASCII}*\\z");
      assertThat(script.lines()).allMatch(each -> each.length() <= 120);
    }
  }

  @Test
  void script_ofZsh_isOneForFpath() {
    assertThat(script("zsh")).startsWith("#compdef atmos\n");
  }

  @ParameterizedTest
  @EnumSource
  void completion_withoutAShell_saysWhichThereAre(View view) {
    view.atmos()
        .run("completion")
        .failed(
            2,
            "completion needs the name of a shell: bash, zsh, fish or powershell; how to install"
                + " it: atmos completion --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcsh", "", "Bash", "pwsh", "../completion-bash", "bash.txt"})
  void shell_thatIsNone_isToldWithThoseThatAre(String shell) {
    for (View view : View.values()) {
      view.atmos()
          .run("completion", shell)
          .failed(
              2,
              "atmos has no completion for '"
                  + shell
                  + "', only for bash, zsh, fish and powershell");
    }
  }

  @Test
  void shell_ofALongName_isShownInPart() {
    AtmosRun.unix()
        .run("completion", "x".repeat(100_000))
        .failed(
            2,
            "atmos has no completion for '"
                + "x".repeat(100)
                + "...', only for bash, zsh, fish and powershell");
    AtmosRun.unix()
        .run("completion", "bash", "zsh")
        .failed(2, "atmos completion takes no word 'zsh'; see atmos completion --help");
  }

  @Test
  void help_ofCompletion_saysHowToInstallEach() {
    assertThat(AtmosRun.unix().run("completion", "--help").answer())
        .startsWith("Usage: atmos completion bash|zsh|fish|powershell\n")
        .contains(
            "eval \"$(atmos completion bash)\"",
            "eval \"$(atmos completion zsh)\"",
            "atmos completion fish > ~/.config/fish/completions/atmos.fish",
            "atmos completion powershell | Out-String | Invoke-Expression",
            "powershell (this script has not been tested)");
  }

  /**
   * No PowerShell runs these tests: whoever changes the script changes this text with open eyes.
   */
  @Test
  void script_ofPowerShell_isTheOneThatWasRead() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("completion-powershell.txt"))) {
      assertThat(script("powershell"))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8))
          .contains("# NOT TESTED");
    }
  }

  @Test
  void script_ofPowerShell_isBalanced() {
    assertThat(unbalanced(script("powershell"))).isEmpty();
    assertThat(unbalanced("if ($a) { 'b }' } # }\n")).isEmpty();
    assertThat(unbalanced("if ($a) { \"b `\" }\" }")).isEmpty();
    assertThat(unbalanced("if ($a) { 'it''s'")).isEqualTo("{ is not closed");
    assertThat(unbalanced("if ($a { ) }")).isEqualTo(") closes {");
    assertThat(unbalanced("'a")).isEqualTo("' is not closed");
    assertThat(unbalanced("a]")).isEqualTo("] closes nothing");
  }

  /** What is wrong with the brackets and quotes of a PowerShell script; empty if nothing is. */
  private static String unbalanced(String script) {
    Deque<Character> open = new ArrayDeque<>();
    for (int i = 0; i < script.length(); i++) {
      char c = script.charAt(i);
      char quote = open.isEmpty() ? ' ' : open.peek();
      if (quote == '\'' || quote == '"') {
        if (c == '`' && quote == '"') {
          i++;
        } else if (c == quote) {
          open.pop();
        }
      } else if (c == '#') {
        i = script.indexOf('\n', i);
        if (i < 0) {
          break;
        }
      } else if ("'\"([{".indexOf(c) >= 0) {
        open.push(c);
      } else if (")]}".indexOf(c) >= 0) {
        if (open.isEmpty()) {
          return c + " closes nothing";
        }
        char opened = open.pop();
        if ("([{".indexOf(opened) != ")]}".indexOf(c)) {
          return c + " closes " + opened;
        }
      }
    }
    return open.isEmpty() ? "" : open.peek() + " is not closed";
  }
}
