package dev.atmos.aws.eks.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExecCredentialTest {
  private static final UtcSecond NOON =
      new UtcSecond(Instant.parse("2025-01-15T12:00:00Z").getEpochSecond());

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T13:00:00Z, 2025-01-15T12:14:00Z",
    "2025-01-15T12:15:01Z, 2025-01-15T12:14:00Z",
    "2025-01-15T12:15:00Z, 2025-01-15T12:14:00Z",
    "2025-01-15T12:14:59Z, 2025-01-15T12:13:59Z",
    "2025-01-15T12:10:00.999Z, 2025-01-15T12:09:00Z",
    "2025-01-15T12:01:01Z, 2025-01-15T12:00:01Z",
    "2025-01-15T12:01:00Z, 2025-01-15T12:01:00Z",
    "2025-01-15T12:00:30Z, 2025-01-15T12:00:30Z",
    "2025-01-15T12:00:00Z, 2025-01-15T12:00:00Z",
    "2025-01-15T11:00:00Z, 2025-01-15T12:00:00Z",
  })
  void expiry_ofCredentialsThatEnd_isAMinuteBeforeThat(String end, String expected) {
    assertThat(ExecCredential.expiry(NOON, Instant.parse(end)).extended()).isEqualTo(expected);
  }

  @Test
  void expiry_ofCredentialsWithoutEnd_isFourteenMinutes() {
    assertThat(ExecCredential.expiry(NOON, null).extended()).isEqualTo("2025-01-15T12:14:00Z");
  }

  static Instant[] extremes() {
    return new Instant[] {Instant.MIN, Instant.EPOCH, Instant.MAX};
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void expiry_ofCredentialsWithAnExtremeEnd_isBetweenNowAndFourteenMinutes(Instant end) {
    assertThat(ExecCredential.expiry(NOON, end).epochSecond())
        .isBetween(NOON.epochSecond(), NOON.epochSecond() + 840);
  }
}
