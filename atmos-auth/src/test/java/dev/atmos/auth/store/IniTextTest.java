package dev.atmos.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IniTextTest {

  private static String set(
      String text, String title, @Nullable String note, @Nullable String... namesAndValues) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    IniText ini = new IniText(text.getBytes(StandardCharsets.UTF_8));
    ini.set(title, note, values);
    return new String(ini.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void section_inAnEmptyFile_isMade() {
    assertThat(set("", "dev", "T", "a", "1", "b", null, "c", "2"))
        .isEqualTo("; atmos: expiration=T\n[dev]\na = 1\nc = 2\n");
  }

  @Test
  void section_afterOthers_isSetApart() {
    assertThat(set("[other]\nx=1", "dev", "T", "a", "1"))
        .isEqualTo("[other]\nx=1\n\n; atmos: expiration=T\n[dev]\na = 1\n");
    assertThat(set("[other]\r\nx=1\r\n\r\n", "dev", null, "a", "1"))
        .isEqualTo("[other]\r\nx=1\r\n\r\n[dev]\r\na = 1\r\n");
  }

  @Test
  void section_thatIsThere_keepsWhatIsNotOurs() {
    assertThat(
            set(
                """
                # mine
                [other]
                a = untouched

                ; atmos: expiration=OLD
                  [not a section]
                [ dev ] ; why
                ; a comment
                A=0
                s3 =
                  a = nested
                  b = nested
                own = stays # as it is
                b: no property
                b = gone
                  with this

                # for the next
                [dev2]
                a = untouched
                """,
                "dev",
                "NEW",
                "a",
                "1",
                "b",
                null,
                "c",
                "3"))
        .isEqualTo(
            """
            # mine
            [other]
            a = untouched

            ; atmos: expiration=OLD
              [not a section]
            ; atmos: expiration=NEW
            [ dev ] ; why
            ; a comment
            a = 1
            s3 =
              a = nested
              b = nested
            own = stays # as it is
            b: no property
            c = 3

            # for the next
            [dev2]
            a = untouched
            """);
  }

  @Test
  void section_whosePropertiesAreIndented_staysSo() {
    assertThat(set("[dev]\n  a = 1\n  own = x\n", "dev", null, "a", "2", "b", "3"))
        .isEqualTo("[dev]\n  a = 2\n  b = 3\n  own = x\n");
  }

  /** It would become a part of the value: the tools take what is indented for its next line. */
  @Test
  void property_thatIsNew_isNotPutBeforeWhatIsIndented() {
    assertThat(set("[dev]\n  # c\n\n[x]\n", "dev", null, "a", "1"))
        .isEqualTo("[dev]\n  # c\na = 1\n\n[x]\n");
    assertThat(set("[dev]\n  # c\n own = x\nb = 1\n", "dev", null, "a", "1", "b", "2"))
        .isEqualTo("[dev]\n  # c\n own = x\nb = 2\na = 1\n");
  }

  @Test
  void property_thatIsThereTwice_isThereOnce() {
    assertThat(set("[dev]\na = 1\nx = 0\na = 2\n\n[dev]\na = 3\ny = 0\n", "dev", null, "a", "4"))
        .isEqualTo("[dev]\nx = 0\na = 4\n\n[dev]\ny = 0\n");
  }

  @Test
  void section_thatSaysItAlready_isNotTouched() {
    String text = "; atmos: expiration=T\n[dev]\na=1\n b =2\n";
    assertThat(set("[dev]\n\ta=1\n\tb   =2", "dev", null, "a", "1", "b", "2"))
        .isEqualTo("[dev]\n\ta=1\n\tb   =2\n");
    assertThat(set(text, "dev", "T", "a", "1")).isEqualTo("; atmos: expiration=T\n[dev]\na = 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\uFEFF; c\n", "[x", "=\n", "\0\u0001", "[]\n[\n]\n"})
  void section_inAStrangeFile_isAdded_andTheRestStays(String text) {
    String added = set(text, "dev", "T", "a", "1");
    assertThat(added).startsWith(text).endsWith("; atmos: expiration=T\n[dev]\na = 1\n");
    assertThat(set(added, "dev", "T", "a", "1")).isEqualTo(added);
  }

  @Test
  void note_onTheFirstLine_comesAfterAByteOrderMark() {
    assertThat(set("\uFEFF[dev]\na = 1\n", "dev", "T", "a", "1"))
        .isEqualTo("\uFEFF; atmos: expiration=T\n[dev]\na = 1\n");
  }

  @Test
  void titles_withANote_areFound() {
    IniText ini =
        new IniText(
            "; atmos: expiration=T\n[d\u00e9v]\n[x]\n#atmos: expiration=\n[y]\n;\n[z]\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(ini.noted()).containsExactly("d\u00e9v", "y");
  }

  @Test
  void bytes_ofAnyEncoding_stay() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i == '[' ? 'x' : i);
    }
    IniText ini = new IniText(all);
    assertThat(ini.bytes()).isEqualTo(all);
    ini.set("dev", null, Map.of("a", "1"));
    assertThat(ini.bytes()).startsWith(all);
  }

  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> line =
        Arbitraries.of(
            "[dev]",
            "[other]",
            "[ dev ]",
            "[dev",
            "; atmos: expiration=X",
            "# c",
            "  # c",
            "a = 1",
            "A=1",
            "  a = 2",
            "  deeper",
            "b=",
            "own = x",
            "junk",
            "",
            " ");
    return line.list()
        .ofMaxSize(14)
        .flatMap(lines -> Arbitraries.of("\n", "\r\n").map(end -> String.join(end, lines)));
  }

  /** Lines that are about neither of the two names, outside of their continuations. */
  private static List<String> foreign(String text) {
    return text.lines()
        .filter(line -> line.startsWith("own") || line.contains("other") || line.startsWith("# c"))
        .toList();
  }

  @Property(tries = 2000)
  void set_onAnyFile_isReadBack_changesNothingElse_andIsDoneOnce(@ForAll("files") String text) {
    String once = set(text, "dev", "T", "a", "new", "b", null);
    assertThat(foreign(once)).isEqualTo(foreign(text));
    assertThat(set(once, "dev", "T", "a", "new", "b", null)).isEqualTo(once);
    assertThat(once).contains("; atmos: expiration=T");
  }
}
