package dev.atmos.text.ini;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** Against the reader of AWS's own SDK. */
class IniReaderTest {

  private static Map<String, Map<String, String>> ours(String text, boolean configuration) {
    IniReader reader = IniReader.read(text, configuration);
    assertThat(reader.problem()).as(text).isNull();
    return reader.profiles();
  }

  /** Those with names that the SDK takes. */
  private static Map<String, Map<String, String>> oursForTheSdk(
      String text, boolean configuration) {
    Map<String, Map<String, String>> profiles = new LinkedHashMap<>(ours(text, configuration));
    profiles.keySet().removeIf(name -> !name.matches("[-A-Za-z0-9_/.%@:+]*"));
    return profiles;
  }

  /** What the SDK reads; null if it refuses the text. */
  private static @Nullable Map<String, Map<String, String>> theirs(
      String text, boolean configuration) {
    ProfileFile file;
    try {
      file =
          ProfileFile.builder()
              .content(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
              .type(configuration ? ProfileFile.Type.CONFIGURATION : ProfileFile.Type.CREDENTIALS)
              .build();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      // The second is its answer to a line that is nothing but a bracket.
      return null;
    }
    Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
    for (Profile profile : file.profiles().values()) {
      Map<String, String> properties = new LinkedHashMap<>(profile.properties());
      // The SDK also lists nested properties one by one, as parent.child.
      properties.keySet().removeIf(name -> name.contains("."));
      profiles.put(profile.name(), properties);
    }
    return profiles;
  }

  private static void assertSame(String text) {
    for (boolean configuration : new boolean[] {true, false}) {
      Map<String, Map<String, String>> theirs = theirs(text, configuration);
      if (theirs != null) {
        assertThat(oursForTheSdk(text, configuration)).as(text).isEqualTo(theirs);
      } else {
        assertThat(IniReader.read(text, configuration).problem()).as(text).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "# only\n; comments",
        "[default]",
        "[default]\n",
        "[default]\na = b",
        "[default]\na=b=c\n",
        "[default]\na =\n",
        "[default]\na = b # c\n",
        "[default]\na = b; c\n",
        "[default]\na = b#c\n",
        "[default]\na = b\t;c\n",
        "[default]\na # b = c\n",
        "[default]\n#a = b\n;c = d\n",
        "[default] # c\na = b\n",
        "[default]# c\na = b\n",
        "[ default ]\na = b\n",
        "[\tdefault\t]\na = b\n",
        "[profile x]\na = b\n",
        "[profile\tx]\na = b\n",
        "[profile   x  ]\na = b\n",
        "[profilex]\na = b\n",
        "[profile]\na = b\n",
        "[x]\na = b\n",
        "[x y]\na = b\n[x]\nc = d\n",
        "[profile x y]\na = b\n[profile x]\nc = d\n",
        "[A-z_0.9/%@:+]\na = b\n[profile A-z_0.9/%@:+]\na = b\n",
        "[ü]\na = b\n[profile ü]\na = b\n",
        "[]\na = b\n",
        "[default]\na = b\n[default]\nc = d\na = e\n",
        "[default]\na = b\na = c\n",
        "[default]\na = b\n[profile default]\nc = d\n",
        "[profile default]\nc = d\n[default]\na = b\n",
        "[profile default]\nc = d\n[default]\na = b\n[profile default]\ne = f\n",
        "[default]\na = b\n[profile default]\nc = d\n[profile default]\ne = f\n",
        "[default]\na = b\n c\n d # e\n",
        "[default]\na =\n b = c\n\td = e\nf = g\n",
        "[default]\na = b\n\n  c\n",
        "[default]\na b = c\n d = e\nf = g\n",
        "[default]\na = b\n # no comment\n",
        "[sso-session s]\na = b\n[default]\nc = d\n",
        "[services s]\na =\n b = c\n[default]\nc = d\n",
        "[plugins]\nnonsense\n[default]\nc = d\n[profile x]\ny = z\n",
        "[x y]\nnonsense\n more\n[default]\nc = d\n",
        "[default]\r\na = b\r\n c\r\n",
        "[default]\ra = b\r",
        "[default]\n\t \na = b",
        "[default]\na = ü€😀\n",
        "[default]\nA = b\na = c\n",
        // Refused by both.
        "[default",
        "[default # ]",
        "[default]x",
        "a = b",
        " a = b",
        "[default]\nnonsense\n",
        "[default]\n= b\n",
        "[default]\n # = b\n= c\n",
        "[default]\na # = b\n",
        "[plugins\n",
      })
  void text_isReadAsTheSdkReadsIt(String text) {
    assertSame(text);
  }

  /** What the SDK refuses and the AWS CLI takes. */
  @ParameterizedTest
  @CsvSource({
    "'\uFEFF[default]\na = b', '{a=b}'",
    "'[default]\n  a = b\n  c = d\n', '{a=b, c=d}'",
    "'[default]\n  a = b\n    more\n  c = d\n', '{a=b+more, c=d}'",
    "'[default]\n\ta = b\nc = d\n e\n', '{a=b, c=d+e}'",
    "'[default]\n  # comment\na = b\n', '{a=b}'",
    "'[default]\n  a = b\n  # comment\n  c = d\n', '{a=b, c=d}'",
    "'  # comment\n[default]\na = b\n', '{a=b}'",
    "'[default]\na =\n nonsense\nb = c', '{a=+nonsense, b=c}'",
  })
  void text_thatOnlyTheCliTakes_isTaken(String text, String properties) {
    assertThat(theirs(text, false)).isNull();
    assertThat(ours(text, false).toString().replace('\n', '+'))
        .isEqualTo("{default=" + properties + "}");
  }

  /** Names as the AWS CLI writes and reads them. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[profile \"my dev\"], my dev",
        "[profile 'my dev'], my dev",
        "[profile\t\"my dev\" ], my dev",
        "[profile \"it's\"], it's",
        "[profile \"a \\\"b\\\"\"], a \"b\"",
        "[profile my\\ dev], my dev",
        "[profile \"dev\"], dev",
        "[profile pr\u00fcf], pr\u00fcf",
        "[profile a(b)], a(b)",
        "[profile \"default\"], default",
      })
  void profile_inQuotesOrWithAnyCharacters_isCalledThat(String header, String name) {
    assertThat(ours(header + "\na = b\n", true)).isEqualTo(Map.of(name, Map.of("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"profile \"open", "profile two words", "profile", "plugins x", "profile \"\" x"})
  void section_ofAnotherForm_isNotRead(String title) {
    assertThat(ours("[" + title + "]\na = b\nnonsense\n", true)).isEmpty();
  }

  @Test
  void credentials_haveNamesAsTheyAreWritten() {
    assertThat(ours("[my dev]\na = b\n", false)).isEqualTo(Map.of("my dev", Map.of("a", "b")));
  }

  @Test
  void sections_ofSessionsAndServices_areReadBeside() {
    IniReader reader =
        IniReader.read(
            "[sso-session \"a b\"]\nc = d # e\nnonsense\n[services s]\nsts =\n  endpoint_url = u\n",
            true);
    assertThat(reader.problem()).isNull();
    assertThat(reader.profiles()).isEmpty();
    assertThat(reader.ssoSessions()).isEqualTo(Map.of("a b", Map.of("c", "d")));
    assertThat(reader.services()).isEqualTo(Map.of("s", Map.of("sts", "\nendpoint_url = u")));
  }

  @Test
  void process_withAHashInAWord_isReadToTheEndOfItsLine() {
    assertThat(ours("[x]\ncredential_process = a \"b #c\" ; d\nother = e # f\n", false))
        .isEqualTo(Map.of("x", Map.of("credential_process", "a \"b #c\" ; d", "other", "e")));
  }

  @Test
  void section_thatIsNoProfile_isNotRead() {
    String text = "[sso-session s]\nnonsense\n more\n[default]\nc = d\n";
    assertThat(theirs(text, true)).isNull();
    assertThat(ours(text, true)).isEqualTo(Map.of("default", Map.of("c", "d")));
  }

  @ParameterizedTest
  @CsvSource({
    "'[default', 'file:1: a section must end with '']'''",
    "'\n\na = b', 'file:3: a property before the first section'",
    "'[x]\r\n\r\nnonsense', 'file:3: a property must have an ''='''",
    "'[x]\r\r= b', 'file:3: a property must have a name'",
  })
  void text_malformed_isRefusedWithItsLine(String text, String message) {
    IniReader reader = IniReader.read(text, false);
    assertThat("file:" + reader.problemLine() + ": " + reader.problem()).isEqualTo(message);
  }

  @Test
  void value_continuedByVeryManyLines_isReadInLinearTime() {
    String text = "[default]\na = b\n" + " c\n".repeat(1_000_000);
    assertThat(ours(text, false).get("default")).extractingByKey("a").asString().hasSize(2_000_001);
  }

  @Property(tries = 2000)
  void anyText_thatTheSdkReads_isReadAlike(@ForAll("files") String text) {
    for (boolean configuration : new boolean[] {true, false}) {
      Map<String, Map<String, String>> theirs = theirs(text, configuration);
      Statistics.label("the SDK").collect(theirs == null ? "refuses" : "reads");
      if (theirs != null) {
        assertThat(oursForTheSdk(text, configuration)).isEqualTo(theirs);
      }
    }
    Statistics.label("the SDK")
        .coverage(coverage -> coverage.check("reads").percentage(reads -> reads > 30));
  }

  @Property(tries = 1000)
  void anyTextWithoutIndentation_isReadOrRefusedAlike(@ForAll("flatFiles") String text) {
    assertSame(text);
  }

  @Provide
  Arbitrary<String> files() {
    return lines(
        Arbitraries.of("", "", "", " ", "\t", "   "), Arbitraries.of("\n", "\n", "\r\n", "\r"));
  }

  @Provide
  Arbitrary<String> flatFiles() {
    return lines(Arbitraries.just(""), Arbitraries.of("\n", "\r\n"));
  }

  private static Arbitrary<String> lines(Arbitrary<String> indents, Arbitrary<String> ends) {
    Arbitrary<String> names = Arbitraries.of("default", "x", "profile x", "profile default", "a b");
    Arbitrary<String> headers =
        Combinators.combine(
                names,
                Arbitraries.frequency(
                    Tuple.of(20, "]"),
                    Tuple.of(5, "] # c"),
                    Tuple.of(5, " ]"),
                    Tuple.of(5, "] "),
                    Tuple.of(1, "]x"),
                    Tuple.of(1, "")))
            .as((name, end) -> "[" + name + end);
    Arbitrary<String> properties =
        Combinators.combine(
                Arbitraries.of("a", "b", "aws_access_key_id", "a b", "#c", "C", "a"),
                Arbitraries.frequency(
                    Tuple.of(20, " = "), Tuple.of(5, "="), Tuple.of(5, "\t="), Tuple.of(1, " ")),
                Arbitraries.of("", "v", "v # c", "v#c", "k = v", "v ; x", "\tv\t;c"))
            .as((name, equals, value) -> name + equals + value);
    Arbitrary<String> anything =
        Arbitraries.strings()
            .withChars("ab =#;[]\t\u0085\u2028ü/")
            .ofMaxLength(8)
            .map(text -> text.replaceFirst("^[ \t]+", ""));
    Arbitrary<String> line =
        Combinators.combine(
                indents,
                Arbitraries.frequencyOf(
                    Tuple.of(3, headers),
                    Tuple.of(8, properties),
                    Tuple.of(1, Arbitraries.of("", "# c", "; c")),
                    Tuple.of(1, anything)),
                ends)
            .as((indent, content, end) -> indent + content + end);
    return Combinators.combine(headers, ends, line.list().ofMaxSize(8))
        .as((header, end, lines) -> header + end + String.join("", lines));
  }
}
