package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeSpansTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT1M59.9S, 119 s",
    "PT2M59S, 2 min",
    "PT1H, 1 h",
    "PT1H59M, 1 h 59 min",
    "PT47H1M, 47 h 1 min",
    "PT48H, 2 days"
  })
  void words_haveTheUnitThatMatters(Duration length, String words) {
    assertThat(TimeSpans.words(length)).isEqualTo(words);
  }
}
