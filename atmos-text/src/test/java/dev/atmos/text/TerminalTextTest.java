package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {

  /** Each one steers a terminal, reorders or breaks the line, or shows nothing. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x08,
        0x09,
        0x0A,
        0x0D,
        0x1B,
        0x7F,
        0x85,
        0x9B, // controls
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2066,
        0x2067,
        0x2068,
        0x2069, // directions
        0x200E,
        0x200F,
        0x061C, // marks of direction
        0x2028,
        0x2029, // separators of lines and paragraphs
        0x00A0,
        0x2003,
        0x3000, // blanks that look like others
        0x00AD,
        0x200B,
        0x200D,
        0x2060,
        0xFEFF,
        0xFFF9,
        0xE0001,
        0xE0041, // formats
        0xD800,
        0xDFFF, // halves
        0xE000,
        0xF8FF,
        0xF0000,
        0x10FFFD, // private use
        0x0378,
        0xFFFE,
        0xFFFF,
        0x1FFFF, // unassigned
        0x115F,
        0x1160,
        0x3164,
        0xFFA0, // fillers of Hangul
        0x034F,
        0x17B4,
        0x180B,
        0x180E,
        0x2800,
        0xFE0F,
        0xE0100 // blanks of other kinds
      })
  void character_thatIsNotVisible_isAQuestionMark(int character) {
    String text = "a" + Character.toString(character) + "b";
    assertThat(TerminalText.isVisible(character)).isFalse();
    assertThat(TerminalText.isVisible(text)).isFalse();
    assertThat(TerminalText.line(text)).isEqualTo("a?b");
    assertThat(TerminalText.escaped(text))
        .isEqualTo("a\\u{" + Integer.toHexString(character) + "}b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b~", "Gr\u00fc\u00dfe", "日本", "한국", "\uD83D\uDE80", "e\u0301", "│"})
  void text_thatIsVisible_staysItself(String text) {
    assertThat(TerminalText.line(text)).isSameAs(text);
    assertThat(TerminalText.escaped(text)).isSameAs(text);
    assertThat(TerminalText.isVisible(text)).isTrue();
  }

  @Property
  void anyText_onALine_isVisibleAndKeepsItsLength(@ForAll String text) {
    String line = TerminalText.line(text);
    assertThat(TerminalText.isVisible(line)).isTrue();
    assertThat(line.codePointCount(0, line.length()))
        .isEqualTo(text.codePointCount(0, text.length()));
    assertThat(TerminalText.isVisible(TerminalText.escaped(text))).isTrue();
  }

  @Property
  void anyText_onALineOfLimitedLength_isNoLonger(@ForAll String text) {
    assertThat(TerminalText.line(text, 10)).hasSizeLessThanOrEqualTo(13);
  }

  @Test
  void line_thatIsTooLong_isCutBetweenCharacters() {
    assertThat(TerminalText.line("abcdef", 6)).isEqualTo("abcdef");
    assertThat(TerminalText.line("abcdefg", 6)).isEqualTo("abcdef...");
    assertThat(TerminalText.line("ab\u001bdefg", 6)).isEqualTo("ab?def...");
    assertThat(TerminalText.line("abcde\uD83D\uDE80", 6)).isEqualTo("abcde...");
  }

  @Test
  void lines_areEscapedOneByOne() {
    assertThat(TerminalText.escapedLines("a\tb\n\nc\n")).containsExactly("a\\u{9}b", "", "c");
    assertThat(TerminalText.escapedLines("")).isEmpty();
  }

  @Test
  void character_inAMessage_isNamed() {
    assertThat(TerminalText.character('a')).isEqualTo("'a'");
    assertThat(TerminalText.character(' ')).isEqualTo("a blank");
    assertThat(TerminalText.character('\n')).isEqualTo("U+000A");
    assertThat(TerminalText.character(0x7F)).isEqualTo("U+007F");
    assertThat(TerminalText.character(0xE4)).isEqualTo("U+00E4");
    assertThat(TerminalText.character(0x1F680)).isEqualTo("U+1F680");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "'', 0",
    "äöü, 3",
    "a\u0308, 1",
    "日本, 4",
    "ｶﾅ, 2",
    "한국, 4",
    "\uD83D\uDE80, 2",
    "\uD840\uDC00, 2",
    "│──, 3",
  })
  void width_ofText_isThatOfATerminal(String text, int columns) {
    assertThat(TerminalText.width(text)).isEqualTo(columns);
  }

  @Test
  void columns_ofAText_areCutOrFilled() {
    assertThat(TerminalText.cut("日本語", 6)).isEqualTo("日本語");
    assertThat(TerminalText.cut("日本語x", 6)).isEqualTo("日...");
    assertThat(TerminalText.cut("abcdefg", 6)).isEqualTo("abc...");
    assertThat(TerminalText.padded("日本", 6)).isEqualTo("日本  ");
    assertThat(TerminalText.padded("abcdefg", 6)).isEqualTo("abcdefg");
  }
}
