package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.yaml.Reading;
import dev.atmos.services.kube.KubeconfigPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yaml.snakeyaml.Yaml;

class AmbiguousNamesTest {
  /** Plans that some reader takes for something else. */
  static final List<String> WORDS =
      List.of(
          "y",
          "n",
          "Y",
          "N",
          "on",
          "off",
          "On",
          "OFF",
          "yes",
          "no",
          "true",
          "null",
          "Null",
          "~",
          "0600",
          "007",
          "1e3",
          "12e4",
          "1E400",
          "0x1F",
          "0b11",
          "0o17",
          "1_000",
          "12:30:45",
          "2025-01-15",
          "2001-12-14t21:59:43.10-05:00",
          ".5",
          "+1",
          "1.",
          ".inf",
          "-.INF",
          ".nan",
          "inf",
          "NaN",
          "=",
          "<<",
          "-",
          "--",
          "---",
          "...",
          "!t",
          "&a",
          "*b",
          "%p",
          "@q",
          "`r",
          "#x",
          "a: b",
          "a:",
          ":a",
          "a #b",
          "\u00e9",
          " lead",
          "trail ",
          "'",
          "\"",
          "\\",
          "[a]",
          "{a}",
          "a,b",
          "?",
          "? a",
          "|",
          ">",
          "\ud83d\ude80",
          "a".repeat(500),
          "true ",
          "0",
          "-0",
          "1__2",
          "0.0.0.0",
          "1.2.3");

  @ParameterizedTest
  @FieldSource("WORDS")
  void word_asANameAndInACommand_isThatTextToEveryReader(String word) throws Exception {
    Access access = Access.to("demo").as(word).alias(word).userAlias(word);

    for (String before : new String[] {"", "{}"}) {
      String text = Plans.after(Plans.add(access), before);

      assertThatAllTextsAre(word, Reading.read(text));
      assertThatAllTextsAre(word, new Yaml().<Object>load(text));
      KubeconfigPlan again = Plans.plan(Plans.add(access), text);
      assertThat(again.lines()).isEmpty();
      assertThat(Plans.after(Plans.remove(access), text)).isEqualTo(before);
    }
  }

  private static void assertThatAllTextsAre(String word, @Nullable Object root) {
    assertThat(Reading.at(root, "current-context")).isEqualTo(word);
    assertThat(Reading.at(root, "contexts", 0, "name")).isEqualTo(word);
    assertThat(Reading.at(root, "contexts", 0, "context", "user")).isEqualTo(word);
    assertThat(Reading.at(root, "users", 0, "name")).isEqualTo(word);
    Object args = Reading.at(root, "users", 0, "user", "exec", "args");
    assertThat(Reading.at(args, 3)).isEqualTo("--cluster-name");
    assertThat(Reading.at(args, 8)).isEqualTo(word);
  }
}
