package dev.atmos.cli.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionsTest {
  private static final List<String> WORDS = List.of("aws", "startup-cache", "version");
  private static final List<String> OPTIONS = List.of("--identity", "-i", "--region", "-h");

  @ParameterizedTest
  @CsvSource({
    "asw, aws",
    "AWS, aws",
    "awss, aws",
    "startup, ",
    "startupcache, startup-cache",
    "start-up-cache, startup-cache",
    "verison, version",
    "ver, ",
    "x, ",
    "'', ",
  })
  void nearest_ofAWord_isWhatIsMostLikelyMeant(String word, String nearest) {
    assertThat(Suggestions.nearest(word, WORDS).orElse(null)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"--idenity, --identity", "--regoin, --region", "-x, ", "-, ", "--, ", "--output, "})
  void nearestOption_ofAnOption_isWhatIsMostLikelyMeant(String option, String nearest) {
    assertThat(Suggestions.nearestOption(option, OPTIONS).orElse(null)).isEqualTo(nearest);
  }
}
