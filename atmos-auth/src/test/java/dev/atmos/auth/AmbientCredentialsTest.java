package dev.atmos.auth;

import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables; the clock stands at 2025-01-15T12:00:00Z. */
class AmbientCredentialsTest {

  private static AuthTestContext session() {
    return new AuthTestContext().keys("ASIAENV").set("AWS_SESSION_TOKEN", AuthTestContext.TOKEN);
  }

  @Test
  void variables_keysOnly_areLongLived() {
    assertThat(new AuthTestContext().keys("AKIDENV").credentials(null))
        .isEqualTo(AwsCredentials.of("AKIDENV", Secret.of(AuthTestContext.SECRET), null, null));
  }

  @Test
  void variables_sessionToken_goesWithThem() {
    assertThat(session().credentials(null).sessionToken())
        .isEqualTo(Secret.of(AuthTestContext.TOKEN));
    assertThat(session().set("AWS_SECURITY_TOKEN", "old").credentials(null).sessionToken())
        .isEqualTo(Secret.of(AuthTestContext.TOKEN));
    assertThat(
            new AuthTestContext()
                .keys("ASIA")
                .set("AWS_SECURITY_TOKEN", "old")
                .credentials(null)
                .sessionToken())
        .isEqualTo(Secret.of("old"));
    assertThat(session().set("AWS_SESSION_TOKEN", "").credentials(null).sessionToken()).isNull();
  }

  @Test
  void variables_withBlanksAround_areTrimmed() {
    AuthTestContext world =
        new AuthTestContext()
            .set("AWS_ACCESS_KEY_ID", " AKIDENV\n")
            .set("AWS_SECRET_ACCESS_KEY", AuthTestContext.SECRET + "\r\n")
            .set("AWS_SESSION_TOKEN", " \n");
    assertThat(world.credentials(null))
        .isEqualTo(AwsCredentials.of("AKIDENV", Secret.of(AuthTestContext.SECRET), null, null));
  }

  @Test
  void variables_comeBeforeTheProfile() {
    AuthTestContext world = new AuthTestContext().keys("AKIDENV").set("AWS_PROFILE", "missing");
    assertThat(world.keyId(null)).isEqualTo("AKIDENV");
  }

  @Test
  void variables_oneWithoutTheOther_areRefused() {
    assertThat(
            new AuthTestContext().set("AWS_ACCESS_KEY_ID", "AKID").failure(SIGN_IN_REQUIRED, null))
        .isEqualTo(
            "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not | set both or neither");
    assertThat(
            new AuthTestContext()
                .set("AWS_SECRET_ACCESS_KEY", AuthTestContext.SECRET)
                .set("AWS_ACCESS_KEY_ID", "")
                .failure(SIGN_IN_REQUIRED, null))
        .isEqualTo(
            "AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not | set both or neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKID EXAMPLE", "AKID\u0007EXAMPLE", "AKIDÄ"})
  void variables_keyIdThatCantBe_isRefused(String id) {
    assertThat(new AuthTestContext().keys(id).failure(USAGE, null))
        .isEqualTo("AWS_ACCESS_KEY_ID holds a character that no access key id has");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T12:00:01Z, 2025-01-15T12:00:01Z",
    "2025-01-15T12:00:00.000000001Z, 2025-01-15T12:00:00.000000001Z",
    "2025-01-15T13:30:00+01:00, 2025-01-15T12:30:00Z",
    "2099-12-31T23:59:59Z, 2099-12-31T23:59:59Z",
  })
  void expiry_afterNow_isKept(String expiry, String instant) {
    assertThat(session().set("AWS_CREDENTIAL_EXPIRATION", expiry).credentials(null).expiresAt())
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
    assertThat(session().set("AWS_CREDENTIAL_EXPIRATION", expiry).failure(SIGN_IN_REQUIRED, null))
        .isEqualTo(
            "the credentials of AWS_ACCESS_KEY_ID expired at "
                + expiry
                + " (AWS_CREDENTIAL_EXPIRATION) | get new ones from where these came from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "2025-01-15T11:00:00", "1736942400", "2025-13-15T11:00:00Z"})
  void expiry_malformed_countsAsUnknown(String expiry) {
    AuthTestContext world = session().set("AWS_CREDENTIAL_EXPIRATION", expiry);
    assertThat(world.credentials(null).expiresAt()).isNull();
    assertThat(world.context().console().said()).isEmpty();
    assertThat(world.context().console().debugged())
        .isEqualTo(
            "AWS_CREDENTIAL_EXPIRATION is no RFC 3339 time:"
                + " when the credentials expire is not known\n");
  }

  @Test
  void expiry_empty_countsAsAbsent() {
    AuthTestContext world = session().set("AWS_CREDENTIAL_EXPIRATION", "");
    assertThat(world.credentials(null).expiresAt()).isNull();
    assertThat(world.context().console().debugged()).isEmpty();
  }
}
