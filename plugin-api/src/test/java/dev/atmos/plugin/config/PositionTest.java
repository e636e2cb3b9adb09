package dev.atmos.plugin.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "secret_access_key: CANARY       | secret_access_key: ...",
        "  key: 'CANARY                  |   key: ...",
        "- name: CANARY                  | - name: ...",
        "key:                            | key:",
        "{access_key: CANARY}            | ... access_key: ...",
        "CANARY                          | ...",
        "  CANARY/a+b==                  | ...",
        "CANARY:more                     | ...",
        "'CANARY': x                     | ...",
        "! CANARY                        | ...",
      })
  void excerpt_ofALine_showsAKeyAndNoValue(String line, String shown) {
    Position position = new Position(new Source("atmos.yaml", "first\n" + line + "\nlast"), 2, 3);

    assertThat(position.excerpt()).isEqualTo("  2 | " + shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "dev: {kind: x, ^defualt: CANARY}              | dev: ... defualt: ...",
        "dev: {kind: x, defualt: ^CANARY}              | dev: ... defualt: ...",
        "- {a: 'CANARY, b: c', d: {^e: f}}             | ... e: ...",
        "a: {b: \"CANARY\\\", CANARY: \", c: ^d}           | a: ... c: ...",
        "a: {b: [CANARY, CANARY], ^c: d}               | a: ... c: ...",
        "a: {b: CANARY: CANARY, ^c: d}                 | a: ... c: ...",
        "a: {b: CANARY', CANARY: ^d}                   | a: ... b: ...",
        "a: CANARY, CANARY: ^CANARY                    | a: ...",
        "a: ^{b: CANARY}                               | a: ...",
      })
  void excerpt_ofAFlowMapping_showsTheKeyThatIsMeant(String marked, String shown) {
    Source source = new Source("atmos.yaml", marked.replace("^", ""));

    assertThat(new Position(source, 1, marked.indexOf('^') + 1).excerpt())
        .isEqualTo("  1 | " + shown);
  }

  @Test
  void excerpt_ofAKeyThatIsTooLong_showsNothing() {
    String text = "k".repeat(65) + ": v";

    assertThat(new Position(new Source("a", text), 1, 1).excerpt()).isEqualTo("  1 | ...");
  }

  @Test
  void excerpt_withEveryLineBreakOfYaml_countsAsTheParserDoes() {
    Source source = new Source("a", "1\n2\r\n3\r4\u00855\u20286\u2029seven: 7");

    assertThat(new Position(source, 7, 1).excerpt()).isEqualTo("  7 | seven: ...");
  }

  @Test
  void excerpt_pastTheEnd_isEmpty() {
    assertThat(new Position(new Source("a", "x: y"), 9, 1).excerpt()).isEqualTo("  9 | ...");
  }

  @Test
  void error_namesThePlace_andIsOfUsage() {
    var error = new Position(new Source("dir/atmos.yaml", "a: b"), 1, 4).error("is wrong");

    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(error.sentence()).isEqualTo("dir/atmos.yaml:1:4: is wrong\n  1 | a: ...");
  }
}
