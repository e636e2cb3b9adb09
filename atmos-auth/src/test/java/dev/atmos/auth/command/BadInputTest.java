package dev.atmos.auth.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code atmos auth validate} says of bad input: the table is {@code bad.txt}, in which each
 * case is a name behind {@code ===}, a file, and behind {@code ---} what is said on standard error.
 */
class BadInputTest {

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (String each : Pattern.compile("(?m)^=== ").split(text(), -1)) {
      if (!each.isEmpty()) {
        int name = each.indexOf('\n');
        int answer = each.indexOf("\n---\n");
        cases.add(
            arguments(
                each.substring(0, name),
                each.substring(name + 1, answer + 1),
                each.substring(answer + 5)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void badInput_isToldOfWithItsPlace(String name, String file, String said) {
    ValidateRun run = ValidateRun.of(file);

    assertThat(run.said()).isEqualTo(said);
    assertThat(run.answered()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(said.contains(": error: ") ? 2 : 0);
    assertThat(run.said())
        .containsPattern("^(atmos|included)\\.yaml:[0-9]+:[0-9]+: (error|warning): ")
        .doesNotContain("CANARY");
  }

  @Test
  void cases_haveNamesOfTheirOwn() throws IOException {
    List<String> names = cases().map(each -> (String) each.get()[0]).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(80);
  }

  private static String text() throws IOException {
    try (InputStream stream = BadInputTest.class.getResourceAsStream("bad.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
