package dev.atmos.services.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "1h30m, PT1H30M",
    "1.5h, PT1H30M",
    ".5h, PT30M",
    "1.h, PT1H",
    "90m, PT1H30M",
    "3600, PT1H",
    "0900, PT15M",
    "7d, PT168H",
    "1h15m30.918273645s, PT1H15M30.918273645S",
    "500ms, PT0.5S",
    "1us, PT0.000001S",
    "1µs, PT0.000001S",
    "1μs, PT0.000001S",
    "1ns, PT0.000000001S",
    "0h1m, PT1M",
    "2562047h, PT2562047H"
  })
  void length_ofEveryForm_isRead(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0s",
        "0d",
        "0.0h",
        "-1h",
        "+1h",
        "h",
        "1 h",
        "1w",
        "1D",
        "1H",
        "1.5d",
        "1d12h",
        "1.5",
        "1h30",
        "1e3s",
        "0x10s",
        "٣h",
        ".h",
        ".",
        "1h\n",
        "9999999h",
        "0.1ns",
        "99999999999"
      })
  void textThatIsNone_isRefused(String text) {
    assertThat(DurationText.parse(text)).isNull();
  }

  @Test
  void textWithoutEnd_isRefusedAtOnce() {
    assertThat(DurationText.parse("1h".repeat(100_000))).isNull();
    assertThat(DurationText.parse("9".repeat(1_000_000) + "h")).isNull();
  }

  @Property
  void partsOfALength_addUp(
      @ForAll @IntRange(max = 100) int hours,
      @ForAll @IntRange(max = 100) int minutes,
      @ForAll @IntRange(min = 1, max = 100) int seconds) {
    assertThat(DurationText.parse(hours + "h" + minutes + "m" + seconds + "s"))
        .isEqualTo(Duration.ofHours(hours).plusMinutes(minutes).plusSeconds(seconds));
  }
}
