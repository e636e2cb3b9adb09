package dev.atmos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "aZ09._/-, aZ09._/-",
        "\"\", ''",
        "a b, 'a b'",
        "a'b, 'a'\\''b'",
        "~, '~'",
        "a@b, 'a@b'",
        "\"a\nb\", 'a?b'",
      })
  void forShell_isOneWord(String name, String word) {
    assertThat(Words.forShell(name)).isEqualTo(word);
  }

  @Test
  void alternatives_areJoinedByOr() {
    assertThat(Words.alternatives(List.of("a"))).isEqualTo("a");
    assertThat(Words.alternatives(List.of("a", "b"))).isEqualTo("a or b");
    assertThat(Words.alternatives(List.of("a", "b", "c"))).isEqualTo("a, b or c");
  }

  @Property
  void anyName_isShownOnOneLine(@ForAll String name) {
    String shown = Words.quoted(name);
    assertThat(shown).hasSizeLessThan(110);
    assertThat(shown.lines()).hasSize(1);
    assertThat(shown.chars().anyMatch(Character::isISOControl)).isFalse();
  }
}
