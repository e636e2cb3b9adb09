package dev.atmos.auth;

import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
  private static final String ID = "credentials.access_key_id";
  private static final String KEY = "credentials.secret_access_key";
  private static final String MFA = "credentials.mfa_arn";
  private static final String ARN = "arn:aws:iam::123456789012:mfa/dev";

  private static AuthTestContext user(String... fields) {
    return new AuthTestContext()
        .keys("AKIDENV")
        .config(new TestConfig().identity("dev", "kind", "aws/user").identity("dev", fields));
  }

  @Test
  void user_withBothKeys_signsWithThem() {
    AwsCredentials credentials =
        user(ID, "AKIDUSER", KEY, AuthTestContext.SECRET).credentials("dev");
    assertThat(credentials)
        .isEqualTo(AwsCredentials.of("AKIDUSER", Secret.of(AuthTestContext.SECRET), null, null));
  }

  @Test
  void user_otherFields_areIgnored() {
    assertThat(
            user(
                    ID,
                    "AKIDUSER",
                    KEY,
                    AuthTestContext.SECRET,
                    "session.duration",
                    "nonsense",
                    "credentials.region",
                    "mars",
                    MFA,
                    "")
                .keyId("dev"))
        .isEqualTo("AKIDUSER");
  }

  @Test
  void user_withoutKeys_needsASignIn() {
    String said =
        "identity 'dev' needs a sign-in: the configuration holds no access key for it"
            + " | run: atmos auth login dev";
    assertThat(user().failure(SIGN_IN_REQUIRED, null)).isEqualTo(said);
    assertThat(user("credentials", "~").failure(SIGN_IN_REQUIRED, null)).isEqualTo(said);
    assertThat(user("credentials.region", "x").failure(SIGN_IN_REQUIRED, null)).isEqualTo(said);
    assertThat(user(ID, "~", KEY, "~").failure(SIGN_IN_REQUIRED, null)).isEqualTo(said);
  }

  @Test
  void user_withMfa_needsASignIn() {
    String said =
        "identity 'dev' needs a sign-in: the MFA device of 'dev' has to give a code"
            + " | run: atmos auth login dev";
    assertThat(
            user(ID, "AKIDUSER", KEY, AuthTestContext.SECRET, MFA, ARN)
                .failure(SIGN_IN_REQUIRED, null))
        .isEqualTo(said);
    assertThat(user(MFA, ARN).failure(SIGN_IN_REQUIRED, null))
        .isEqualTo(
            "identity 'dev' needs a sign-in: the configuration holds no access key for it"
                + " | run: atmos auth login dev");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "dev, dev",
        "Team/dev.x_1-2, Team/dev.x_1-2",
        "two words, 'two words'",
        "it's, 'it'\\''s'",
        "$HOME, '$HOME'",
        "ümlaut, 'ümlaut'",
      })
  void user_signInCommand_quotesTheNameForAShell(String name, String word) {
    AuthTestContext world =
        new AuthTestContext().config(new TestConfig().identity(name, "kind", "aws/user"));
    assertThat(world.failure(SIGN_IN_REQUIRED, name)).endsWith(" | run: atmos auth login " + word);
  }

  @Test
  void user_withOneKeyOnly_isRefusedWithItsPosition() {
    assertThat(user(ID, "AKIDUSER").failure(USAGE, null))
        .isEqualTo(
            "atmos.yaml:6:9: 'access_key_id' is there without 'secret_access_key'\n"
                + "  6 |         access_key_id: ...");
    assertThat(user(KEY, AuthTestContext.SECRET).failure(USAGE, null))
        .startsWith("atmos.yaml:6:9: 'secret_access_key' is there without 'access_key_id'\n");
    assertThat(user(KEY, AuthTestContext.SECRET, MFA, ARN).failure(USAGE, null))
        .startsWith("atmos.yaml:6:9: 'secret_access_key' is there without 'access_key_id'\n");
  }

  @Test
  void user_withAnEmptyKey_isRefusedWithItsPosition() {
    assertThat(user(ID, "", KEY, AuthTestContext.SECRET).failure(USAGE, null))
        .startsWith("atmos.yaml:6:9: 'access_key_id' is empty; most likely its variable is not");
    assertThat(user(ID, "AKIDUSER", KEY, "").failure(USAGE, null))
        .startsWith("atmos.yaml:7:9: 'secret_access_key' is empty; most likely its variable is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKID EXAMPLE", "AKID\n", "AKIDÄ"})
  void user_withAKeyIdThatCantBe_isRefusedWithItsPosition(String id) {
    assertThat(user(ID, id, KEY, AuthTestContext.SECRET).failure(USAGE, null))
        .startsWith("atmos.yaml:6:9: 'access_key_id' holds a character that no access key id has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/user", "aws/ambient", "ambient"})
  void kindWithoutVia_withVia_isRefusedWithItsPosition(String kind) {
    AuthTestContext world =
        new AuthTestContext()
            .keys("AKIDENV")
            .config(new TestConfig().identity("dev", "kind", kind, "via.provider", "sso"));
    assertThat(world.failure(USAGE, "dev"))
        .isEqualTo(
            "atmos.yaml:5:7: identity 'dev' is of kind "
                + kind
                + ", which takes no 'via'\n  5 |       via:");
    assertThat(
            new AuthTestContext()
                .config(new TestConfig().identity("dev", "kind", kind, "via", "sso"))
                .failure(USAGE, "dev"))
        .startsWith("atmos.yaml:5:7: 'via' must be a mapping, and is a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/ambient", "ambient"})
  void ambient_takesTheEnvironment(String kind) {
    AuthTestContext world =
        new AuthTestContext()
            .config(
                new TestConfig()
                    .identity("ci", "kind", kind, "via", "~", "principal.region", "us-east-2"));
    assertThat(world.keys("AKIDENV").keyId("ci")).isEqualTo("AKIDENV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/ambient", "ambient"})
  void ambient_withoutCredentials_namesTheIdentity(String kind) {
    AuthTestContext world =
        new AuthTestContext()
            .set("AWS_EC2_METADATA_DISABLED", "true")
            .config(new TestConfig().identity("ci", "kind", kind));
    assertThat(world.failure(SIGN_IN_REQUIRED, "ci"))
        .startsWith("identity 'ci': no AWS credentials: AWS_ACCESS_KEY_ID is not set, ");
  }

  @Test
  void mock_always_signsWithItsFixedKeys() {
    AuthTestContext world =
        new AuthTestContext()
            .keys("AKIDENV")
            .config(new TestConfig().identity("m", "kind", "mock/aws"));
    assertThat(world.credentials("m"))
        .isEqualTo(
            AwsCredentials.of(
                "MOCK_ACCESS_KEY_ID",
                Secret.of("MOCK_SECRET_ACCESS_KEY"),
                Secret.of("MOCK_SESSION_TOKEN"),
                null));
  }
}
