package dev.atmos.cli.config.yaml;

import static dev.atmos.cli.config.Trees.writeWithPositions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Trees;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.services.config.ConfigMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To parse a part of a file must come to the same as to parse all of it, errors included. */
class SectionScannerTest {
  private static final Set<String> SECTIONS = Set.of("auth", "b");

  private static final String TYPICAL =
      """
      # Configuration of a team
      base_path: "./"
      components:
        terraform:
          base_path: 'components/terraform' # where they are
          apply_auto_approve: false
          command: !env TERRAFORM
        empty:
      commands:
        - name: plan
          description: "Says \\"what\\" would change"
          steps:
            - atmos plan {{ .name }} --all
            - |
              echo "it's: done"

              exit 0
          tags: [a, "b c", 'd']
        -
          name: apply
          env: {}
          via: {provider: corp, account: {id: "1", names: [a b, 'c']}, role: arn:aws:iam::1:role/x}
      auth:
        realm: corp
        identities:
          dev:
            kind: aws/user
      settings:
      - one
      - - two
        - three: 3
          four: http://localhost:4/x#y
      b: x
      logs:
        file: >-
          /dev/stderr
      """;

  /** The sections as they are found, or the error. */
  private static String read(String text, @Nullable Set<String> sections) {
    try {
      ConfigMap map = Trees.read(text.getBytes(UTF_8), sections, new FakeEnvironment());
      Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(map.entries());
      entries.keySet().retainAll(SECTIONS);
      return writeWithPositions(new ConfigMap(entries, map.position()));
    } catch (AtmosException e) {
      return e.sentence();
    }
  }

  private static void check(String text) {
    assertThat(read(text, SECTIONS)).isEqualTo(read(text, null));
  }

  private static SectionScanner.@Nullable Parts parts(String text, Set<String> sections) {
    ConfigFile file = Trees.file(text.getBytes(UTF_8));
    return SectionScanner.find(file, sections, Trees.tags(file, new FakeEnvironment()));
  }

  /** What would be parsed. */
  private static List<String> texts(String text, Set<String> sections) {
    SectionScanner.Parts parts = parts(text, sections);
    assertThat(parts).isNotNull();
    return parts.parts().stream().map(part -> text.substring(part.start(), part.end())).toList();
  }

  // ---- examples

  @Test
  void find_typicalFile_givesTheLinesOfTheSections() {
    String auth = TYPICAL.substring(TYPICAL.indexOf("auth:"), TYPICAL.indexOf("settings:"));
    assertThat(texts(TYPICAL, Set.of("auth"))).containsExactly(auth);
    SectionScanner.Parts parts = parts(TYPICAL, Set.of("auth"));
    assertThat(parts).isNotNull();
    assertThat(parts.parts().get(0).line()).isEqualTo(22);
    assertThat(parts.rootLine()).isEqualTo(1);
    assertThat(texts(TYPICAL, Set.of("base_path", "auth", "logs")))
        .as("each by itself")
        .containsExactly("base_path: \"./\"\n", auth, TYPICAL.substring(TYPICAL.indexOf("logs:")));
    assertThat(texts(TYPICAL, Set.of("auth", "b", "settings")))
        .as("those that follow each other together")
        .containsExactly(TYPICAL.substring(TYPICAL.indexOf("auth:"), TYPICAL.indexOf("logs:")));
    SectionScanner.Parts logs = parts(TYPICAL, Set.of("logs"));
    assertThat(logs).isNotNull();
    assertThat(logs.parts())
        .containsExactly(new SectionScanner.Part(TYPICAL.indexOf("logs:"), TYPICAL.length(), 33));
    assertThat(logs.values()).as("a block scalar is left to the parser").isNull();
    SectionScanner.Parts missing = parts(TYPICAL, Set.of("missing"));
    assertThat(missing).isNotNull();
    assertThat(missing.parts()).isEmpty();
    assertThat(missing.values()).isNotNull();
    assertThat(missing.values().isEmpty()).isTrue();
    check(TYPICAL);
    assertThat(read(TYPICAL, SECTIONS)).startsWith("{auth@23:1: {realm@24:3: corp@24:10, ");
  }

  @Test
  void find_typicalFileWithOtherLineEnds_givesTheLinesToo() {
    String windows = TYPICAL.replace("\n", "\r\n");
    assertThat(parts(windows, SECTIONS)).isNotNull();
    check(windows);
    String open = TYPICAL.stripTrailing();
    assertThat(parts(open, SECTIONS)).isNotNull();
    check(open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# comment",
        "---\nauth: 1",
        "%YAML 1.1\n---\nauth: 1",
        "auth: 1\n---\nb: 2",
        "auth: 1\n...\n",
        "'auth': 1",
        "\"auth\": 1",
        "? auth\n: 1",
        "{auth: 1}",
        "- auth",
        " auth: 1",
        "auth: 1\nauth: 2",
        "a: &x 1\nauth: *x",
        "a:\n  <<: {b: c}\nauth: 1",
        "a: {b: c, b: d}\nauth: 1",
        "a: {b: {c: 1, c: 2}}\nauth: 1",
        "a: {b}\nauth: 1",
        "a: {b: }\nauth: 1",
        "a: {b: c,}\nauth: 1",
        "a: {b: c, }\nauth: 1",
        "a: {b:c}\nauth: 1",
        "a: {'b': c}\nauth: 1",
        "a: {b: c: d}\nauth: 1",
        "a: {b: c #}\nauth: 1",
        "a: {b: &x c}\nauth: 1",
        "a: {b: !x {c: d}}\nauth: 1",
        "a: {b: c\n}\nauth: 1",
        "a: {b: c} d\nauth: 1",
        "a: {b: [c}\nauth: 1",
        "a: {<<: {b: c}}\nauth: 1",
        "a: [b: c]\nauth: 1",
        "a: [b\n]\nauth: 1",
        "a: 'x\nauth: 1\n'",
        "a: \"x\nauth: 1\n\"",
        "a: \"\\x41\"\nauth: 1",
        "a: x\n  y\nauth: 1",
        "a:\n  x\nauth: 1",
        "a:\tx\nauth: 1",
        "a: x\ty\nauth: 1",
        "a:\n\tb: c\nauth: 1",
        "a: |2\n   x\nauth: 1",
        "a: |\n     \n  x\nauth: 1",
        "a:\n  b: |\n      x\n    y\nauth: 1",
        "a:\n  b: 1\n c: 2\nauth: 1",
        "a:\n  b: 1\n  b: 2\nauth: 1",
        "a: b: c\nauth: 1",
        "a: 'b' c\nauth: 1",
        "a: @b\nauth: 1",
        "a: !x\n  b: c\nauth: 1",
        "a: 1\r\rauth: 1",
        "a: x\u0085auth: 1",
        "a: x\u2028auth: 1",
        "# x\u2029auth: 1"
      })
  void find_anythingUnusual_isLeftToTheParser(String text) {
    assertThat(parts(text, SECTIONS)).isNull();
    check(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: {b: c}\n",
        "a: {b: c} # d\n",
        "a: { b: c , d: e }\n",
        "a: {b: {c: d}, e: {c: d}}\n",
        "a: {b: [], c: {}}\n",
        "a: [[b], {c: d}, {c: d}]\n",
        "a: {b: !env X, c: !env 'Y'}\n",
        "a: {b: arn:aws:iam::1:role/x, c: https://x.y:1/z}\n",
        "a: {b: c d, e: \"}\", f: '{'}\n",
        "a:\n  - {b: c}\n  - {b: c}\n",
        "a:\n  b: {c: d}\n  c: {b: e}\n"
      })
  void find_flowCollectionsOfOneLine_givesTheSections(String text) {
    for (String all :
        List.of(text + "auth: 1\n", "auth:\n  " + text.replace("\n", "\n  ") + "\nb: 1\n")) {
      SectionScanner.Parts parts = parts(all, SECTIONS);
      assertThat(parts).isNotNull();
      assertThat(parts.values()).isNotNull();
      check(all);
    }
  }

  @Test
  void find_deepWideOrLong_isLeftToTheParser() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      deep.append(" ".repeat(i)).append("a:\n");
    }
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      wide.append("a" + i + ":\n");
    }
    for (String text :
        List.of(
            deep + "",
            wide + "",
            "a".repeat(200) + ": 1\n",
            "- ".repeat(99),
            "a: " + "[".repeat(60) + "]".repeat(60) + "\n",
            "a: " + "[".repeat(100_000) + "\n")) {
      assertThat(parts(text, SECTIONS)).isNull();
      check(text);
    }
  }

  // ---- laws

  @Property(tries = 20_000)
  void linesOfAnyKind_areReadAlike(@ForAll("lines") String text) {
    check(text);
  }

  @Property(tries = 20_000)
  void tidyFileWithBlemishes_isReadAlike(@ForAll("blemished") String text) {
    check(text);
  }

  @Property(tries = 5_000)
  void typicalFileWithBlemishes_isReadAlike(@ForAll("blemishedTypical") String text) {
    check(text);
  }

  private static final String[] KEYS = {
    "auth", "b", "a", "c", "name", "x-y", "a.b", "1", "_", "'auth'", "\"b\"", "<<", "?", "a b",
    "*a", "&a k", "!t k", "-x", "/v", "\u00e9"
  };

  private static final String[] TIDY_VALUES = {
    "x",
    "yes",
    "a b",
    "'q'",
    "\"d\"",
    "[a, b]",
    "[]",
    "{}",
    "{k: x, l: 'y'}",
    "{k: {k: 1}, l: [x y, {m: !env A}]}",
    "[a:b, [c]]",
    "!env A",
    "!include 'f'",
    "don't",
    "http://a:8/b#c",
    "x # c",
    "'it''s'",
    "\"a\\\"b\" # c",
    "-s",
    "\u00e9",
    "",
    "# c"
  };

  private static final String[] VALUES = {
    "|",
    "|-",
    ">",
    "|+",
    ">2",
    "x: y",
    "x:",
    "{a: b, a: c}",
    "{a}",
    "{a: b c: d}",
    "{a: ",
    "[a: b]",
    "[a,]",
    "[a b]",
    "[open",
    "{open",
    "'open",
    "\"open",
    "'a' 'b'",
    "\"x\"y",
    "\"a\\qb\"",
    "&a x",
    "*a",
    "- x",
    "-",
    "? x",
    "~",
    "a\"b",
    "x\ty",
    "%a",
    "@a",
    "a, b",
    "!!str x",
    "!x",
    "!a ",
    "#",
    "a#b",
    "<<",
    "...",
    "---",
    "--- x",
    "x  ",
    ":x",
    "\\x",
    "a\u0085b",
    "\u2028",
    "\uFEFF",
    "\uD83D\uDE00"
  };

  private static final String BLEMISHES = " \t\r\n:#-'\"|>&*!,[]{}?%\\x";

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<Integer> indent =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(3, Arbitraries.of(2, 4, 6)),
            Tuple.of(1, Arbitraries.integers().between(0, 7)));
    Arbitrary<String> dash = Arbitraries.of("", "", "", "- ", "-  ", "- - ");
    Arbitrary<String> key =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of("auth", "b", "a", "c", "name", "k1", "k2")),
            Tuple.of(1, Arbitraries.of(KEYS)));
    Arbitrary<String> value =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just("")),
            Tuple.of(3, Arbitraries.of(TIDY_VALUES)),
            Tuple.of(2, Arbitraries.of(VALUES)));
    Arbitrary<String> entry =
        Combinators.combine(indent, dash, key, value)
            .as((n, d, k, v) -> " ".repeat(n) + d + k + (v.isEmpty() ? ":" : ": " + v));
    Arbitrary<String> bare =
        Combinators.combine(indent, dash, value).as((n, d, v) -> " ".repeat(n) + d + v);
    Arbitrary<String> line =
        Arbitraries.frequencyOf(
            Tuple.of(8, entry),
            Tuple.of(1, bare),
            Tuple.of(1, Arbitraries.of("", "   ", "# c", "  # c", "---", "...")));
    return Combinators.combine(line.list().ofMaxSize(9), Arbitraries.of("\n", "\n", "\n", "\r\n"))
        .as((all, lineBreak) -> String.join(lineBreak, all) + lineBreak);
  }

  @Provide
  Arbitrary<String> blemished() {
    return Arbitraries.randoms()
        .map(random -> {
          StringBuilder text = new StringBuilder();
          tidy(random, text, 0, 0);
          return blemish(random, text, random.nextInt(3));
        });
  }

  @Provide
  Arbitrary<String> blemishedTypical() {
    return Arbitraries.randoms()
        .map(random -> blemish(random, new StringBuilder(TYPICAL), 1 + random.nextInt(2)));
  }

  /** Valid YAML, or nearly so. */
  private static void tidy(Random random, StringBuilder text, int indent, int depth) {
    boolean list = depth > 0 && random.nextInt(3) == 0;
    int entries = 1 + random.nextInt(3);
    for (int i = 0; i < entries; i++) {
      if (random.nextInt(8) == 0) {
        text.append(" ".repeat(random.nextInt(5))).append(random.nextBoolean() ? "# c\n" : "\n");
      }
      text.append(" ".repeat(indent));
      if (list) {
        text.append("- ");
        if (random.nextBoolean()) {
          text.append("k: ").append(tidyValue(random, indent + 2)).append('\n');
          text.append(" ".repeat(indent + 2)).append("l: ");
        }
        text.append(tidyValue(random, indent)).append('\n');
        continue;
      }
      text.append(depth == 0 ? KEYS[random.nextInt(7)] : "k" + (10 * i + random.nextInt(11)));
      text.append(':');
      if (depth < 4 && random.nextInt(3) == 0) {
        text.append('\n');
        int deeper = random.nextInt(9) == 0 ? 0 : 1 + random.nextInt(3);
        tidy(random, text, indent + deeper, depth + 1);
      } else {
        text.append(' ').append(tidyValue(random, indent)).append('\n');
      }
    }
  }

  private static String tidyValue(Random random, int indent) {
    if (random.nextInt(6) > 0) {
      return TIDY_VALUES[random.nextInt(TIDY_VALUES.length)];
    }
    StringBuilder block = new StringBuilder(VALUES[random.nextInt(4)]);
    int column = indent + 1 + random.nextInt(3);
    for (int lines = random.nextInt(4); lines > 0; lines--) {
      block.append('\n');
      block.append(" ".repeat(random.nextInt(12) == 0 ? random.nextInt(8) : column));
      block.append(random.nextInt(4) == 0 ? "" : VALUES[random.nextInt(VALUES.length)]);
    }
    return block.toString();
  }

  private static String blemish(Random random, StringBuilder text, int blemishes) {
    for (int i = 0; i < blemishes && text.length() > 1; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, BLEMISHES.charAt(random.nextInt(BLEMISHES.length())));
        case 2 -> text.insert(at, VALUES[random.nextInt(VALUES.length)]);
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
      }
    }
    return text.toString();
  }
}
