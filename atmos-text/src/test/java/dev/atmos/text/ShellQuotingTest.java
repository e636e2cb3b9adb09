package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellQuotingTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"aZ09._/-:@+,\", \"aZ09._/-:@+,\"",
        "\"\", ''",
        "a b, 'a b'",
        "a'b, 'a'\\''b'",
        "~, '~'",
        "$a, '$a'",
        "a\\b, 'a\\b'",
        "a=b, a=b",
        "=a, '=a'",
        "\"a\nb\", 'a?b'",
        "\"a\u202eb\", 'a?b'",
      })
  void word_isOneWord(String text, String word) {
    assertThat(ShellQuoting.word(text)).isEqualTo(word);
  }

  @Test
  void path_ofThisSystem_isQuotedAsAWord() {
    assertThat(ShellQuoting.path(Path.of("/a/b c"))).isEqualTo("'/a/b c'");
    assertThat(ShellQuoting.path(Path.of("/a/b-c"))).isEqualTo("/a/b-c");
  }
}
