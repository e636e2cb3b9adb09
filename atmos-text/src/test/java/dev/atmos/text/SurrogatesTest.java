package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogatesTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "aé, aé",
    "\uD83D\uDE80, \uD83D\uDE80",
    "a\uD83D, a\uFFFD",
    "\uDE80a, \uFFFDa",
    "\uDE80\uD83D, \uFFFD\uFFFD",
    "\uD83D\uD83D\uDE80, \uFFFD\uD83D\uDE80"
  })
  void half_thatIsAlone_isReplaced(String text, String whole) {
    assertThat(Surrogates.withoutHalves(text)).isEqualTo(whole);
  }
}
