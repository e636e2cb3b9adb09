package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/recipes.md}: what is to be copied out of it is right. */
final class RecipesDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "recipes.md");

  static Stream<String> configurations() throws IOException {
    return Pattern.compile("(?ms)^```yaml\n(auth:\n.*?)^```$")
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult match) -> match.group(1));
  }

  @Test
  void document_hasARecipeForEachSituation() throws IOException {
    assertThat(configurations()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void configuration_isWithoutProblems(String yaml) {
    AtmosRun.Result result =
        AtmosRun.unix()
            .file("atmos.yaml", yaml)
            .env("ATMOS_TRUSTED_PATHS", "/project")
            .run("auth", "validate");
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr()).contains("no errors and no warnings");
  }
}
