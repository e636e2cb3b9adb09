package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions for shells; {@code ShellFunctionIT} runs them. */
class ShellInitCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "bash | command '/opt/my tools/atmos' auth env --login --format bash",
        "zsh | command '/opt/my tools/atmos' auth env --login --format zsh",
        "fish | command '/opt/my tools/atmos' auth env --login --format fish",
        "powershell | & '/opt/my tools/atmos' auth env --login --format powershell"
      })
  void function_ofAShell_runsThisProgram(String shell, String command) {
    String script = CommandRun.unix().run(ShellInitCommand::new, shell).answered();

    assertThat(script).contains(command, "assume dev").doesNotContain("@NAME@", "@ATMOS@");
    assertThat(CommandRun.unix().run(ShellInitCommand::new, shell, "--name", "as").answered())
        .contains("as dev")
        .doesNotContain("assume ");
  }

  @Test
  void shell_thatHasNone_isRefused() {
    assertThat(CommandRun.unix().failure(ShellInitCommand::new, "tcsh"))
        .contains("no function for 'tcsh'", "atmos auth shell-init --help");
    assertThat(CommandRun.unix().failure(ShellInitCommand::new))
        .contains("needs the name of a shell", "atmos auth shell-init --help");
  }

  @ParameterizedTest
  @CsvSource({"a b", "'a;b'", "1a", "$(x)", "''", "a-b"})
  void name_thatAShellTakesForMore_isRefused(String name) {
    assertThat(CommandRun.unix().failure(ShellInitCommand::new, "bash", "--name", name))
        .contains("--name must be letters, digits and _");
  }
}
