package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  /** What Python's shlex.split makes of them. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a b c, a|b|c",
        "`  a\tb `, a|b",
        "'a b' \"c d\", a b|c d",
        "a'b c'd, ab cd",
        "'' \"\", |",
        "a\\ b, a b",
        "\"a\\\"b\\\\c\\d\", a\"b\\c\\d",
        "'a\\b', a\\b",
        "~/x $HOME #y *, ~/x|$HOME|#y|*",
      })
  void posix_anyLine_isTakenApart(String line, String words) {
    assertThat(ShellWords.posix(line).map(found -> String.join("|", found))).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 'b", "a \"b", "a\\"})
  void posix_openQuote_isNoLine(String line) {
    assertThat(ShellWords.posix(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "C:\\a\\b.exe c, C:\\a\\b.exe|c",
        "\"C:\\a b\\c.exe\" 'd e', C:\\a b\\c.exe|'d|e'",
        "a\\\"b c, a\"b|c",
        "\"a\\\\\" b, a\\|b",
        "a\\, a\\",
      })
  void windows_anyLine_isTakenApart(String line, String words) {
    assertThat(ShellWords.windows(line).map(found -> String.join("|", found))).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a b", "a \\\\\"b"})
  void windows_openQuote_isNoLine(String line) {
    assertThat(ShellWords.windows(line)).isEmpty();
  }
}
