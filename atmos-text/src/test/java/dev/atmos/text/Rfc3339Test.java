package dev.atmos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T12:00:00Z, 2025-01-15T12:00:00Z",
    "2025-01-15t12:00:00z, 2025-01-15T12:00:00Z",
    "2025-01-15 12:00:00+00:00, 2025-01-15T12:00:00Z",
    "2025-01-15T12:00:00.5Z, 2025-01-15T12:00:00.5Z",
    "2025-01-15T12:00:00.123456789Z, 2025-01-15T12:00:00.123456789Z",
    "2025-01-15T12:00:00.1234567899999Z, 2025-01-15T12:00:00.123456789Z",
    "2025-01-15T12:00:00+05:30, 2025-01-15T06:30:00Z",
    "2025-01-15T12:00:00-0800, 2025-01-15T20:00:00Z",
    "2025-01-15T12:00:00.25-23:59, 2025-01-16T11:59:00.25Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z, 1969-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
  })
  void time_wellFormed_isThatInstant(String text, String instant) {
    assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2025",
        "2025-01-15",
        "2025-01-15T12:00Z",
        "2025-01-15T12:00:00",
        "2025-01-15T12:00:00.Z",
        "2025-01-15T12:00:00.5",
        "2025-01-15T12:00:00,5Z",
        "2025-01-15T12:00:00ZZ",
        "2025-01-15T12:00:00 Z",
        "2025-01-15T12:00:00+01",
        "2025-01-15T12:00:00+1:00",
        "2025-01-15T12:00:00+01:0",
        "2025-01-15T12:00:00+01-00",
        "2025-01-15T12:00:00+24:00",
        "2025-01-15T12:00:00+01:60",
        "2025-01-15T12:00:00*01:00",
        "2025-01-15T12:00:00UTC",
        "2025-01-15X12:00:00Z",
        "2025/01/15T12:00:00Z",
        "2025-01-15T12-00-00Z",
        "2025-00-15T12:00:00Z",
        "2025-13-15T12:00:00Z",
        "2025-01-00T12:00:00Z",
        "2025-01-32T12:00:00Z",
        "2025-04-31T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "1900-02-29T12:00:00Z",
        "2025-01-15T24:00:00Z",
        "2025-01-15T12:60:00Z",
        "2025-01-15T12:00:61Z",
        "-025-01-15T12:00:00Z",
        "2025-01-15T1२:00:00Z",
        " 2025-01-15T12:00:00Z",
        "1736942400",
      })
  void time_malformed_isNothing(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }

  @Property
  void anyTime_isReadAsTheJdkReadsIt(
      @ForAll @LongRange(min = -62_135_500_000L, max = 253_402_200_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll @IntRange(min = -1079, max = 1079) int offsetMinutes) {
    OffsetDateTime time =
        Instant.ofEpochSecond(second, nanos)
            .atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    String text = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx").format(time);
    assertThat(Rfc3339.parse(text)).isEqualTo(time.toInstant());
  }
}
