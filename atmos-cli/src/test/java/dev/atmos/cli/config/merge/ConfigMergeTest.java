package dev.atmos.cli.config.merge;

import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.problem;
import static dev.atmos.cli.config.Trees.read;
import static dev.atmos.cli.config.Trees.write;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMergeTest {

  private static String merge(String lower, String upper) {
    return write(ConfigMerge.merge(read(lower), read(upper), true, new MergeLimit()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1}                       | {b: 2}                   | {a: 1, b: 2}",
        "{a: 1}                       | {a: 2}                   | {a: 2}",
        "{}                           | {a: 2}                   | {a: 2}",
        "{a: 1}                       | {}                       | {a: 1}",
        "{a: {b: 1, c: 2}}            | {a: {c: 3, d: 4}}        | {a: {b: 1, c: 3, d: 4}}",
        "{a: {b: {c: 1}}}             | {a: {b: {d: 2}}}         | {a: {b: {c: 1, d: 2}}}",
        "{a: [1, 2]}                  | {a: [3]}                 | {a: [3]}",
        "{a: [{b: 1}]}                | {a: [{c: 1}]}            | {a: [{c: 1}]}",
        "{a: {b: 1}}                  | {a: x}                   | {a: x}",
        "{a: x}                       | {a: {b: 1}}              | {a: {b: 1}}",
        "{a: x}                       | {a: ~}                   | {a: ~}",
        "{a: {b: 1}}                  | {a: }                    | {a: {b: 1}}",
        "{a: {b: 1}}                  | {a: ''}                  | {a: \"\"}",
        "{a: {b: 1}}                  | {A: {c: 1}}              | {a: {b: 1}, A: {c: 1}}"
      })
  void merge_maps_areMergedAndTheRestReplaced(String lower, String upper, String merged) {
    assertThat(merge(lower, upper)).isEqualTo(merged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{x: {kind: k, a: {b: 1}}}    | {x: {a: {c: 2}}}         | {x: {a: {c: 2}}}",
        "{x: {kind: k}, y: {kind: l}} | {x: {kind: m}}           | {x: {kind: m}, y: {kind: l}}",
        "{Dev: {kind: k}}             | {dev: {alias: a}}        | {dev: {alias: a}}",
        "{dev: {kind: k}, x: {}}      | {DEV: {alias: a}}        | {x: {}, DEV: {alias: a}}",
        "{Dev: {a: 1}, dev: {b: 2}}   | {DEV: {c: 3}}            | {DEV: {c: 3}}",
        "{Dev: {a: 1}, dev: {b: 2}}   | {dev: {c: 3}}            | {dev: {c: 3}}",
        "{x: {kind: k}}               | {x: }                    | {x: {kind: k}}",
        "{x: {kind: k}}               | {x: text}                | {x: text}",
        "{x: {kind: k}}               |                          | {x: {kind: k}}",
        "{Dev: {kind: k}}             | {dev: }                  | {Dev: {kind: k}}",
        "{Dev: {kind: k}, x: {}}      | {dev: !unset }           | {x: {}}",
        "{x: {a: [1]}}                | {x: {a: !append [2]}}    | {x: {a: [2]}}",
        "{x: {a: 1}}                  | {x: {a: !unset }}        | {x: {}}"
      })
  void merge_identities_areReplacedWholeByName(String lower, String upper, String merged) {
    assertThat(merge("auth: {identities: " + lower + "}", "auth: {identities: " + upper + "}"))
        .isEqualTo("{auth: {identities: " + merged + "}}");
  }

  // ---- tags

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1, b: 2}                 | {a: !unset }             | {b: 2}",
        "{a: {b: 1, c: 2}}            | {a: {b: !unset }}        | {a: {c: 2}}",
        "{a: {b: 1}}                  | {a: !unset }             | {}",
        "{b: 2}                       | {a: !unset x}            | {b: 2}",
        "{b: 2}                       | {a: {c: !unset }}        | {b: 2, a: {}}",
        "{b: 2}                       | {a: [{c: !unset , d: 1}]} | {b: 2, a: [{d: 1}]}",
        "{a: [1, 2]}                  | {a: !append [3]}         | {a: [1, 2, 3]}",
        "{a: [1, 2]}                  | {a: !append []}          | {a: [1, 2]}",
        "{a: {b: [1]}}                | {a: {b: !append [2]}}    | {a: {b: [1, 2]}}",
        "{a: }                        | {a: !append [3]}         | {a: [3]}",
        "{}                           | {a: !append [3]}         | {a: [3]}",
        "{}                           | {a: {b: !append [3]}}    | {a: {b: [3]}}",
        "{}                           | {a: [!append [3]]}       | {a: [[3]]}",
        "{a: {b: 1}}                  | {a: [{c: !append [1]}]}  | {a: [{c: [1]}]}",
        "{a: [1]}                     | {a: !append [!append [2]]} | {a: [1, [2]]}"
      })
  void merge_tags_takeAwayAndAppend(String lower, String upper, String merged) {
    assertThat(merge(lower, upper)).isEqualTo(merged);
  }

  @Test
  void merge_ofOneFile_leavesNoTags() {
    ConfigMap alone =
        ConfigMerge.merge(
            null,
            read(
                "{a: !unset , b: {c: !unset , d: !append [1]}, e: [!append [{f: !unset }]], g: h}"),
            true,
            new MergeLimit());
    assertThat(write(alone)).isEqualTo("{b: {d: [1]}, e: [[{}]], g: h}");
  }

  @Test
  void merge_ofOneFileThatLaughs_isDoneOncePerValue() {
    StringBuilder laughs = new StringBuilder("a0: &a0 {x: !unset , y: 1}\n");
    for (int i = 1; i < 90; i++) {
      laughs.append("a" + i + ": &a" + i + " {x: *a" + (i - 1) + ", y: *a" + (i - 1) + "}\n");
    }
    ConfigMap alone = ConfigMerge.merge(null, read(laughs.toString()), true, new MergeLimit());
    assertThat(alone.map("a0").orElseThrow().keys()).containsExactly("y");
    assertThat(alone.map("a2").flatMap(map -> map.map("x")).flatMap(map -> map.map("y")))
        .isEqualTo(alone.map("a0"));
  }

  @Test
  void merge_appendToWhatIsNoList_isAnErrorWhenUsed() {
    ConfigMap merged =
        ConfigMerge.merge(read("a: {b: 1}\nc: 1"), read("a: !append [1]"), true, new MergeLimit());
    assertThat(merged.text("c")).contains("1");
    assertThat(problem(failure(() -> merged.list("a"))))
        .isEqualTo("f.yaml:1:4: !append needs a list to append to, and a lower file has a mapping");
  }

  @Test
  void merge_appendToAnAppendedListOfATag_isMadeWhenUsed() {
    AtomicInteger made = new AtomicInteger();
    ConfigMap lower = tagged("!include", "[1]", made);
    ConfigMap upper = read("v: !append [2]");
    ConfigMap merged = ConfigMerge.merge(lower, upper, true, new MergeLimit());
    merged = ConfigMerge.merge(merged, read("v: !append [3]"), true, new MergeLimit());
    assertThat(made).hasValue(0);
    assertThat(write(merged.list("v").orElseThrow())).isEqualTo("[1, 2, 3]");
    assertThat(write(merged.list("v").orElseThrow())).isEqualTo("[1, 2, 3]");
    assertThat(made).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{x: 1, y: 1} | {y: 2, z: 2}         | {x: 1, y: 2, z: 2}",
        "{x: {a: 1}}  | {x: {b: 1}}          | {x: {a: 1, b: 1}}",
        "{x: 1}       | {x: !unset , y: 1}   | {y: 1}",
        "{x: [1]}     | {x: !append [2]}     | {x: [1, 2]}",
        "{x: 1}       | ~                    | {x: 1}",
        "{x: 1}       | text                 | text",
        "[1]          | {x: 1}               | {x: 1}",
        "~            | {x: 1}               | {x: 1}"
      })
  void merge_includes_areMergedAsWhatTheyHoldWhenUsed(String lower, String upper, String merged) {
    for (int which = 1; which < 4; which++) {
      AtomicInteger made = new AtomicInteger();
      ConfigMap below = (which & 1) == 0 ? read("v: " + lower) : tagged("!include", lower, made);
      ConfigMap above = (which & 2) == 0 ? read("v: " + upper) : tagged("!include", upper, made);
      ConfigMap both = ConfigMerge.merge(below, above, true, new MergeLimit());
      assertThat(made).as("nothing is read before it is used").hasValue(0);
      ConfigValue value = entry(both).value().resolved();
      assertThat(write(value)).as("included: " + which).isEqualTo(merged);
    }
  }

  @Test
  void merge_includedIdentities_areReplacedWholeToo() {
    AtomicInteger made = new AtomicInteger();
    ConfigMap lower = read("auth: {identities: {Dev: {a: 1}, x: {a: 1}}}");
    ConfigMap included = read("identities: {dev: {b: 1}}");
    ConfigMap upper =
        new ConfigMap(
            Map.of(
                "auth",
                new ConfigMap.Entry(
                    included.position(),
                    new DeferredValue(
                        "!include",
                        "",
                        included.position(),
                        () -> {
                          made.incrementAndGet();
                          return included;
                        }))),
            included.position());
    ConfigMap merged = ConfigMerge.merge(lower, upper, false, new MergeLimit());
    assertThat(made).hasValue(0);
    assertThat(write(merged.map("auth").orElseThrow()))
        .isEqualTo("{identities: {x: {a: 1}, dev: {b: 1}}}");
  }

  @Test
  void merge_ofAMergeKeyWithATag_mergesTheMappingWhenUsed() {
    ConfigMap lower = read("a: {z: 0, x: 0}");
    ConfigMap upper = read("a: {<<: !append [{x: 1, y: 1}], y: 2}");
    ConfigMap merged = ConfigMerge.merge(lower, upper, true, new MergeLimit());
    assertThat(write(merged.map("a").orElseThrow())).isEqualTo("{z: 0, x: 1, y: 2}");
    merged = ConfigMerge.merge(lower, read("a: {<<: !unset x, y: 2}"), true, new MergeLimit());
    ConfigMap broken = merged;
    assertThat(problem(failure(() -> broken.map("a"))))
        .isEqualTo("f.yaml:1:5: '<<' must be a mapping or a list of mappings");
  }

  private static ConfigMap.Entry entry(ConfigMap map) {
    return Objects.requireNonNull(map.entries().get("v"));
  }

  private static ConfigMap tagged(String tag, String text, AtomicInteger made) {
    ConfigMap map = read("v: " + text);
    ConfigMap.Entry entry = entry(map);
    DeferredValue value =
        new DeferredValue(
            tag,
            "",
            entry.value().position(),
            () -> {
              made.incrementAndGet();
              return entry.value();
            });
    return new ConfigMap(
        Map.of("v", new ConfigMap.Entry(entry.keyPosition(), value)), map.position());
  }

  // ---- the rest

  @Test
  void merge_otherMapsNamedIdentities_areMergedAsAnyOther() {
    assertThat(merge("identities: {x: {a: 1}}", "identities: {x: {b: 2}}"))
        .isEqualTo("{identities: {x: {a: 1, b: 2}}}");
    assertThat(merge("auth: {providers: {x: {a: 1}}}", "auth: {providers: {x: {b: 2}}}"))
        .isEqualTo("{auth: {providers: {x: {a: 1, b: 2}}}}");
    assertThat(merge("a: {auth: {identities: {x: {a: 1}}}}", "a: {auth: {identities: {x: {}}}}"))
        .isEqualTo("{a: {auth: {identities: {x: {a: 1}}}}}");
  }

  @Test
  void merge_positions_areThoseOfTheWinners() {
    assertThat(
            writeWithPositions(
                ConfigMerge.merge(
                    read("a: 1\nm:\n  b: 2\n  c: 3\n"),
                    read("\n\n\n\n\nm:\n  c: 4\n"),
                    false,
                    new MergeLimit())))
        .isEqualTo("{a@1:1: 1@1:4, m@6:1: {b@3:3: 2@3:6, c@7:3: 4@7:6}@7:3}@6:1");
  }

  @Test
  void merge_ofSharedNodes_isBounded() {
    StringBuilder laughs = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a" + i + ": &a" + i + " {x: *a" + (i - 1) + ", y: *a" + (i - 1) + "}\n");
    }
    assertThat(problem(failure(() -> merge(laughs.toString(), laughs.toString()))))
        .contains("merging up to here takes more than 1000000 entries, which is the limit");
  }
}
