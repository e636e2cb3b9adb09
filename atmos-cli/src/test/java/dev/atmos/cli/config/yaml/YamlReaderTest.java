package dev.atmos.cli.config.yaml;

import static dev.atmos.cli.config.Trees.CANARY;
import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.problem;
import static dev.atmos.cli.config.Trees.read;
import static dev.atmos.cli.config.Trees.write;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @ParameterizedTest
  @MethodSource
  void read_validText_givesTheTree(String text, String tree) {
    assertThat(write(read(text))).isEqualTo(tree);
  }

  static Stream<Arguments> read_validText_givesTheTree() {
    return Stream.of(
        // Nothing.
        arguments("", "{}"),
        arguments("\n\n", "{}"),
        arguments("# only a comment", "{}"),
        arguments("---\n", "{}"),
        arguments("---\n...\n", "{}"),
        arguments("~\n", "{}"),
        arguments("null", "{}"),
        arguments("{}", "{}"),
        // Scalars stay what was written.
        arguments("a: 0123", "{a: 0123}"),
        arguments("a: no", "{a: no}"),
        arguments("a: 012345678901", "{a: 012345678901}"),
        arguments("a: 0o640\nb: 1e3\nc: 2025-01-01", "{a: 0o640, b: 1e3, c: 2025-01-01}"),
        arguments("on: 1\n2: x\ntrue: y", "{on: 1, 2: x, true: y}"),
        arguments("a:\nb: ~\nc: ''", "{a: , b: ~, c: \"\"}"),
        arguments("a: 'it''s'\nb: \"x\\ty\\u00e9\"", "{a: \"it's\", b: \"x\ty\u00e9\"}"),
        arguments("a: b c  # comment\n", "{a: b c}"),
        arguments("a: b\n  c\n\n  d\n", "{a: b c\nd}"),
        arguments("a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", "{a: \"x\n y\n\", b: \"x y\"}"),
        arguments("a: http://b:8080/c#d", "{a: http://b:8080/c#d}"),
        // Go's templates are texts.
        arguments("a: '{{ env \"X\" }}'\nb: x{{.y}}", "{a: \"{{ env \"X\" }}\", b: x{{.y}}}"),
        arguments("'a b': 1\n\"c\": 2\n? d\n: 3", "{a b: 1, c: 2, d: 3}"),
        // Collections.
        arguments("a:\n  b:\n    c: d\n", "{a: {b: {c: d}}}"),
        arguments("a:\n- b\n- - c\n  - d\n- e: f\n  g: h\n", "{a: [b, [c, d], {e: f, g: h}]}"),
        arguments("a: [b, {c: d}, []]\ne: {f: [g], h}", "{a: [b, {c: d}, []], e: {f: [g], h: }}"),
        arguments("a: [b: c]", "{a: [{b: c}]}"),
        arguments("z: 1\na: 2\nm: 3", "{z: 1, a: 2, m: 3}"),
        // Line ends, marks, directives.
        arguments("a: 1\r\nb:\r\n  - c\r\n", "{a: 1, b: [c]}"),
        arguments("a: |\r\n  x\r\n  y\r\n", "{a: \"x\ny\n\"}"),
        arguments("a: 1\rb: 2\r", "{a: 1, b: 2}"),
        arguments("%YAML 1.2\n---\na: 1\n...\n", "{a: 1}"),
        arguments("--- {a: 1}", "{a: 1}"),
        arguments("\uFEFFa: 1\n", "{a: 1}"),
        // More than ASCII, and more than 16 bits.
        arguments(
            "n\u00e4me: \u65e5\u672c\nb: \uD83D\uDE00x",
            "{n\u00e4me: \u65e5\u672c, b: \uD83D\uDE00x}"),
        // Anchors and aliases.
        arguments("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{a: 1, b: 1, c: 2, d: 2}"),
        arguments("a: &x [1, {b: c}]\nd: *x\n", "{a: [1, {b: c}], d: [1, {b: c}]}"),
        arguments("a: &k name\n*k : 1\n", "{a: name, name: 1}"),
        arguments("&k a: 1\nb: *k\n", "{a: 1, b: a}"),
        arguments("a: &x\nb: *x\n", "{a: , b: }"),
        // Merge keys.
        arguments("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", "{a: {x: 1, y: 2}, b: {y: 3, x: 1}}"),
        arguments("a: &a {x: 1}\nb: {x: 2, <<: *a}", "{a: {x: 1}, b: {x: 2}}"),
        arguments("a: {<<: [{x: 1}, {x: 2, y: 3}, {y: 4, z: 5}], z: 6}", "{a: {z: 6, x: 1, y: 3}}"),
        arguments("a: {<<: {<<: {x: 1}, y: 2}}", "{a: {y: 2, x: 1}}"),
        arguments("<<: {a: 1}\nb: 2", "{b: 2, a: 1}"),
        arguments("a: {'<<': {x: 1}}", "{a: {<<: {x: 1}}}"));
  }

  @Test
  void read_value_hasItsLineAndColumn() {
    assertThat(
            writeWithPositions(
                read(
                    """
                    # comment
                    a:
                      b: 'x'
                      c:
                      - 1
                      - {d: e}
                    f:
                    g: !env  X
                    """)))
        .isEqualTo(
            "{a@2:1: {b@3:3: \"x\"@3:6, c@4:3: [1@5:5, {d@6:6: e@6:9}@6:5]@5:3}@3:3, f@7:1: @7:3,"
                + " g@8:1: \"\"@8:4}@2:1");
  }

  @Test
  void read_valueAfterWideCharacters_hasItsColumnInCharacters() {
    assertThat(writeWithPositions(read("\uFEFF{\uD83D\uDE00\u00e9: x, b: y}")))
        .isEqualTo("{\uD83D\uDE00\u00e9@1:2: x@1:6, b@1:9: y@1:12}@1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"})
  void read_anyLineBreak_countsAsALine(String lineBreak) {
    assertThat(read("a: 1" + lineBreak + lineBreak + "b: 2").positionOf("b").line()).isEqualTo(3);
  }

  @Test
  void read_nodeBehindAnAlias_isShared() {
    ConfigMap map = read("a: &x {b: c}\nd: *x\n");
    assertThat(map.map("d").orElseThrow()).isSameAs(map.map("a").orElseThrow());
  }

  @ParameterizedTest
  @MethodSource
  void read_brokenText_saysWhereAndWhatWithoutTheText(String text, String problem) {
    AtmosException e = failure(() -> read(text));
    assertThat(problem(e)).isEqualTo("f.yaml:" + problem);
    assertThat(e.sentence()).doesNotContain(CANARY);
    assertThat(e.sentence().lines().count()).isLessThanOrEqualTo(2);
  }

  static Stream<Arguments> read_brokenText_saysWhereAndWhatWithoutTheText() {
    String tab = "a tab where only spaces may stand";
    String first = "no value begins with this character; a text that does needs quotes around it";
    String colon = "a ':' that can't stand here; a text with ': ' in it needs quotes around it";
    String noColon = "a key without its ':', or a text whose lines are not indented";
    String misplaced =
        "this can't stand here; look at its indentation, and at quotes that end too early";
    String list = "the '[' is never closed, or a ',' is missing after it";
    String map = "the '{' is never closed, or a ',' is missing after it";
    String quotes = "the quotes are never closed";
    String missing = "a value is missing here";
    String noPlace = "a list or a key can't begin here";
    String tag = "not a valid tag; a text that begins with '!' needs quotes around it";
    String alias = "not a valid alias; a text that begins with '*' needs quotes around it";
    String noAnchor =
        "an alias without its anchor; a text that begins with '*' needs quotes around it";
    String anchor = "not a valid anchor; a text that begins with '&' needs quotes around it";
    String escape = "an unknown '\\' sequence in double quotes; in single quotes a '\\' is itself";
    String block = "not a valid '|' or '>'";
    String directive = "not a valid directive; a text that begins with '%' needs quotes around it";
    String key = "a key must be a text";
    return Stream.of(
            arguments("a: 1\n\tb: #\n", "2:1: " + tab),
            arguments("a:\n\t- #\n", "2:1: " + tab),
            arguments("a:\t#\n", "1:3: " + tab),
            arguments("a: @#\n", "1:4: " + first),
            arguments("a: `#`\n", "1:4: " + first),
            arguments("a: %#\n", "1:4: " + first),
            arguments("a: b: #\n", "1:5: " + colon),
            arguments("a: 1\n  b: #\n", "2:4: " + colon),
            arguments("a\nb: #\n", "2:2: " + colon),
            arguments("--- #\na: b\n", "2:2: " + colon),
            arguments("a: 1\n#\nb: 2\n", "2:1: " + noColon),
            arguments("a: |\n #\nb\n", "3:1: " + noColon),
            arguments("a:\n  b: 1\n c: #\n", "3:2: " + misplaced),
            arguments("a: 1\n- #\n", "2:1: " + misplaced),
            arguments("- #\nb: 1\n", "2:1: " + misplaced),
            arguments("a: '#' b\n", "1:20: " + misplaced),
            arguments("a: \"x\"#\n", "1:7: " + misplaced),
            arguments(": #\n", "1:1: " + misplaced),
            arguments("k: |\n    x\n  #\n", "3:3: " + misplaced),
            arguments("a: [1, #\nb: 2\n", "1:4: " + list),
            arguments("[#\n", "1:1: " + list),
            arguments("a: {b: 1\nc: #\n", "1:4: " + map),
            arguments("a: {b: 1, c #: d: e}\n", "1:4: " + map),
            arguments("a: \"#\nb: 2\n", "1:4: " + quotes),
            arguments("a: '#\n", "1:4: " + quotes),
            arguments("\"#\n", "1:1: " + quotes),
            arguments("a: \"#\n---\nb: 1\"\n", "1:4: " + quotes),
            arguments("a: ]#\n", "1:4: " + missing),
            arguments("a: , #\n", "1:4: " + missing),
            arguments("a: [,] # #\n", "1:5: " + missing),
            arguments("a: - #\n", "1:4: " + noPlace),
            arguments("a: ? #\n", "1:4: " + noPlace),
            arguments("{a: 1} #\n", "1:8: something follows after the end of the document"),
            arguments("a: 1\n...\n- #\n", "3:1: something follows after the end of the document"),
            arguments("a: !#!x y\n", "1:4: " + tag),
            arguments("a: !<# x\n", "1:19: " + tag),
            arguments("a: !x{#} y\n", "1:6: " + tag),
            arguments("a: !!x%zz #\n", "1:8: " + tag),
            arguments("a: *#\n", "1:4: " + noAnchor),
            arguments("a: *x\nb: &x #\n", "1:4: " + noAnchor),
            arguments("a: * #\n", "1:5: " + alias),
            arguments("a: *x?# \n", "1:4: " + noAnchor),
            arguments("a: & #\n", "1:5: " + anchor),
            arguments("a: \"\\q#\"\n", "1:6: " + escape),
            arguments("a: \"\\x#\"\n", "1:7: " + escape),
            arguments("a: \"\\U00110000#\"\n", "1:7: " + escape),
            arguments("a: \"\\UFFFFFFFF#\"\n", "1:7: this is not valid YAML"),
            arguments("a: |#\n  b\n", "1:5: " + block),
            arguments("a: |0\n  #\n", "1:5: " + block),
            arguments("a: > #\n", "1:6: " + block),
            arguments("%YAML #\n---\na: 1\n", "1:7: " + directive),
            arguments("%TAG !#\n---\na: 1\n", "1:20: " + directive),
            arguments("%YAML 1.1\n%YAML 1.1\n---\na: #\n", "2:1: " + directive),
            arguments("%YAML 2.0\n---\na: #\n", "1:1: only YAML 1 is supported"),
            // What is YAML, but no configuration.
            arguments("- #\n", "1:1: the file must hold a mapping, and holds a list"),
            arguments("#\n", "1:1: the file must hold a mapping, and holds a text"),
            arguments("''\n", "1:1: the file must hold a mapping, and holds a text"),
            arguments(
                "!x #\n",
                "1:1: an unknown tag, or one that doesn't fit its value; a text that begins with"
                    + " '!' needs quotes around it"),
            arguments(
                "a: 1\n---\nb: #\n", "2:1: a second document begins here, and only one is allowed"),
            arguments("a: #\nb: 1\na: 2\n", "3:1: this key is a duplicate of the one in line 1"),
            arguments("{a: 1, a: #}\n", "1:8: this key is a duplicate of the one in line 1"),
            arguments(
                "a:\n  x: 1\n  'x': #\n", "3:3: this key is a duplicate of the one in line 2"),
            arguments(
                "<<: {a: 1}\n<<: {b: #}\n", "2:1: this key is a duplicate of the one in line 1"),
            arguments("[a]: #\n", "1:1: " + key),
            arguments("? {a: b}\n: #\n", "1:3: " + key),
            arguments("a: &x [#]\n*x : 1\n", "2:1: " + key + " without a tag"),
            arguments("!x a: #\n", "1:1: " + key + " without a tag"),
            arguments("a: &x [#, *x]\n", "1:23: an alias of something that it is a part of"),
            arguments("a: &x {<<: *x}\n", "1:12: an alias of something that it is a part of"),
            arguments("<<: #\n", "1:1: '<<' must be a mapping or a list of mappings"),
            arguments("a: {<<: [#]}\n", "1:5: '<<' must be a mapping or a list of mappings"),
            arguments("a: {<<: [[{b: c}]]}\n", "1:5: '<<' must be a mapping or a list of mappings"),
            arguments("a: {<<: }\n", "1:5: '<<' must be a mapping or a list of mappings"),
            arguments("a: 1\u0007#\n", "1:5: a character that YAML doesn't allow"),
            arguments("a: 1\n\u0000#\n", "2:1: a character that YAML doesn't allow"),
            arguments("a: \u00e9\u007f#\n", "1:5: a character that YAML doesn't allow"))
        .map(row ->
            arguments(
                ((String) row.get()[0]).replace("# #", "# " + CANARY).replace("#", CANARY),
                row.get()[1]));
  }

  @Test
  void read_malformedUtf8_saysWhere() {
    byte[] content = ("a: 1\nb\u00e9: " + CANARY).getBytes(UTF_8);
    content[7] = 'x';
    AtmosException e = failure(() -> read(content));
    assertThat(problem(e)).isEqualTo("f.yaml:2:2: this is not UTF-8");
    assertThat(e.sentence()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "C0 80, an overlong NUL",
    "ED A0 80, a surrogate",
    "F4 90 80 80, past the last code point",
    "80, a continuation without its beginning",
    "E2 82, cut off"
  })
  void read_whatStrictUtf8Forbids_isRefused(String hex, String what) {
    byte[] content = new byte[3 + (hex.length() + 1) / 3];
    content[0] = 'a';
    content[1] = ':';
    content[2] = ' ';
    for (int i = 0; i < hex.length(); i += 3) {
      content[3 + i / 3] = (byte) Integer.parseInt(hex.substring(i, i + 2), 16);
    }
    assertThat(problem(failure(() -> read(content))))
        .as(what)
        .isEqualTo("f.yaml:1:4: this is not UTF-8");
  }

  @Test
  void read_utf16_isNamed() {
    String problem = "f.yaml:1:1: the file is UTF-16, and must be UTF-8";
    assertThat(problem(failure(() -> read("\uFEFFa: 1".getBytes(UTF_16LE))))).isEqualTo(problem);
    assertThat(problem(failure(() -> read("\uFEFFa: 1".getBytes(UTF_16BE))))).isEqualTo(problem);
  }

  @Test
  void read_nesting_isLimited() {
    assertThat(write(read("a: " + "[".repeat(99) + "]".repeat(99)))).hasSize(2 + 3 + 2 * 99);
    assertThat(problem(failure(() -> read("a: " + "[".repeat(100) + "]".repeat(100)))))
        .isEqualTo("f.yaml:1:103: nested deeper than 100 levels, which is the limit");
    assertThat(problem(failure(() -> read("a: " + "[".repeat(100_000)))))
        .isEqualTo("f.yaml:1:103: nested deeper than 100 levels, which is the limit");
  }

  @Test
  void read_nestingThroughAliases_isLimitedToo() {
    StringBuilder chain = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 98; i++) {
      chain.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }
    assertThat(read(chain.toString()).keys()).hasSize(98);
    chain.append("b: [[*a97]]");
    assertThat(problem(failure(() -> read(chain.toString()))))
        .isEqualTo("f.yaml:99:6: nested deeper than 100 levels, which is the limit");
  }

  @Test
  void read_billionLaughs_sharesItsNodes() {
    StringBuilder text = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 90; i++) {
      text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n");
    }
    ConfigList last = read(text.toString()).list("a89").orElseThrow();
    assertThat(last.items()).hasSize(10);
    assertThat(last.items().get(0)).isSameAs(last.items().get(9));
  }

  @Test
  void read_billionEntriesThroughMergeKeys_isRefused() {
    StringBuilder text = new StringBuilder("b: &b {");
    for (int i = 0; i < 1_000; i++) {
      text.append("k" + i + ": 1, ");
    }
    text.append("}\n");
    for (int i = 0; i < 1_001; i++) {
      text.append("m" + i + ": {<<: *b}\n");
    }
    assertThat(problem(failure(() -> read(text.toString()))))
        .isEqualTo(
            "f.yaml:1002:9: merging up to here takes more than 1000000 entries, which is the"
                + " limit");
  }

  @Test
  void read_longLine_isNoLongerThanItsLength() {
    // SnakeYAML's own reader takes time by the square of a line's length.
    String value = "x".repeat(4_000_000);
    assertThat(read("a: " + value + "\nb: \uD83D\uDE00" + value).text("a")).contains(value);
  }
}
