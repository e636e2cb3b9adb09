package dev.atmos.aws.identity.ambient;

import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables; the clock stands at 2025-01-15T12:00:00Z. */
class AmbientCredentialsTest {

  private static AmbientScenario session() {
    return new AmbientScenario().keys("ASIAENV").set("AWS_SESSION_TOKEN", KindScenario.TOKEN);
  }

  @Test
  void variables_keysOnly_areLongLived() {
    assertThat(new AmbientScenario().keys("AKIDENV").credentials())
        .isEqualTo(AwsCredentials.of("AKIDENV", Secret.of(KindScenario.SECRET), null, null));
  }

  @Test
  void variables_sessionToken_goesWithThem() {
    assertThat(session().credentials().sessionToken()).isEqualTo(Secret.of(KindScenario.TOKEN));
    assertThat(session().set("AWS_SECURITY_TOKEN", "old").credentials().sessionToken())
        .isEqualTo(Secret.of(KindScenario.TOKEN));
    assertThat(
            new AmbientScenario()
                .keys("ASIA")
                .set("AWS_SECURITY_TOKEN", "old")
                .credentials()
                .sessionToken())
        .isEqualTo(Secret.of("old"));
    assertThat(session().set("AWS_SESSION_TOKEN", "").credentials().sessionToken()).isNull();
  }

  @Test
  void variables_withBlanksAround_areTrimmed() {
    AmbientScenario scenario =
        new AmbientScenario()
            .set("AWS_ACCESS_KEY_ID", " AKIDENV\n")
            .set("AWS_SECRET_ACCESS_KEY", KindScenario.SECRET + "\r\n")
            .set("AWS_SESSION_TOKEN", " \n");
    assertThat(scenario.credentials())
        .isEqualTo(AwsCredentials.of("AKIDENV", Secret.of(KindScenario.SECRET), null, null));
  }

  @Test
  void variables_comeBeforeTheProfile() {
    AmbientScenario scenario = new AmbientScenario().keys("AKIDENV").set("AWS_PROFILE", "missing");
    assertThat(scenario.keyId()).isEqualTo("AKIDENV");
  }

  @Test
  void variables_oneWithoutTheOther_areRefused() {
    assertThat(new AmbientScenario().set("AWS_ACCESS_KEY_ID", "AKID").failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not | set both or neither");
    assertThat(
            new AmbientScenario()
                .set("AWS_SECRET_ACCESS_KEY", KindScenario.SECRET)
                .set("AWS_ACCESS_KEY_ID", "")
                .failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            "AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not | set both or neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKID EXAMPLE", "AKID\u0007EXAMPLE", "AKIDÄ"})
  void variables_keyIdThatCantBe_isRefused(String id) {
    assertThat(new AmbientScenario().keys(id).failure(USAGE))
        .isEqualTo(
            "the credentials of AWS_ACCESS_KEY_ID hold a character that is not allowed in"
                + " credentials");
  }

  @Test
  void variables_secretWithALineBreak_isRefused() {
    assertThat(
            new AmbientScenario()
                .set("AWS_ACCESS_KEY_ID", "AKID")
                .set("AWS_SECRET_ACCESS_KEY", KindScenario.SECRET + "\n[other]\na = b")
                .failure(USAGE))
        .isEqualTo(
            "the credentials of AWS_ACCESS_KEY_ID hold a character that is not allowed in"
                + " credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T12:00:01Z, 2025-01-15T12:00:01Z",
    "2025-01-15T12:00:00.000000001Z, 2025-01-15T12:00:00.000000001Z",
    "2025-01-15T13:30:00+01:00, 2025-01-15T12:30:00Z",
    "2099-12-31T23:59:59Z, 2099-12-31T23:59:59Z",
  })
  void expiry_afterNow_isKept(String expiry, String instant) {
    assertThat(session().set("AWS_CREDENTIAL_EXPIRATION", expiry).credentials().expiresAt())
        .isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-15T12:00:00Z",
        "2025-01-15T11:59:59.999Z",
        "2025-01-15T12:59:59+01:00",
        "2025-01-15T13:00:00+0100",
        "1999-01-01T00:00:00Z",
      })
  void expiry_notAfterNow_isRefused(String expiry) {
    assertThat(session().set("AWS_CREDENTIAL_EXPIRATION", expiry).failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            "the credentials of AWS_ACCESS_KEY_ID expired at "
                + expiry
                + " (AWS_CREDENTIAL_EXPIRATION) | get new ones from the same source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "2025-01-15T11:00:00", "1736942400", "2025-13-15T11:00:00Z"})
  void expiry_malformed_countsAsUnknown(String expiry) {
    AmbientScenario scenario = session().set("AWS_CREDENTIAL_EXPIRATION", expiry);
    assertThat(scenario.credentials().expiresAt()).isNull();
    assertThat(scenario.services().console().said()).isEmpty();
    assertThat(scenario.services().console().debugged())
        .isEqualTo(
            "AWS_CREDENTIAL_EXPIRATION is not an RFC 3339 time,"
                + " so the credentials' expiry is unknown\n");
  }

  @Test
  void expiry_empty_countsAsAbsent() {
    AmbientScenario scenario = session().set("AWS_CREDENTIAL_EXPIRATION", "");
    assertThat(scenario.credentials().expiresAt()).isNull();
    assertThat(scenario.services().console().debugged()).isEmpty();
  }
}
