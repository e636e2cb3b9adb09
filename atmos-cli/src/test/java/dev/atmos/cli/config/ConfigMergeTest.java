package dev.atmos.cli.config;

import static dev.atmos.cli.config.Trees.failure;
import static dev.atmos.cli.config.Trees.problem;
import static dev.atmos.cli.config.Trees.read;
import static dev.atmos.cli.config.Trees.write;
import static dev.atmos.cli.config.Trees.writeWithPositions;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMergeTest {

  private static String merge(String lower, String upper) {
    return write(ConfigMerge.merge(read(lower), read(upper), true, new Budget()));
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
        "{x: {kind: k}}               |                          | {x: {kind: k}}"
      })
  void merge_identities_areReplacedWholeByName(String lower, String upper, String merged) {
    assertThat(merge("auth: {identities: " + lower + "}", "auth: {identities: " + upper + "}"))
        .isEqualTo("{auth: {identities: " + merged + "}}");
  }

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
                    new Budget())))
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
