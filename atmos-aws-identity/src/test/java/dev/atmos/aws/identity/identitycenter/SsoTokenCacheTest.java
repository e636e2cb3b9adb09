package dev.atmos.aws.identity.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.plugin.testkit.FakeRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tokens of {@code aws sso login}: used, and never written. */
class SsoTokenCacheTest {
  private static final String CONFIG =
      """
      kind: aws/iam-identity-center
      start_url: https://acme.awsapps.com/start/
      region: us-east-1
      """;

  private static final String CANARY = "canary-token";

  static Stream<FakeFiles> views() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  private static KindScenario scenario(FakeFiles files, String name, String content) {
    Path home = files.home().orElseThrow();
    files.write(
        home.resolve(".aws").resolve("sso").resolve("cache").resolve(name).toString(), content);
    return new KindScenario(files);
  }

  private static Optional<Grant> externalGrant(KindScenario scenario) {
    return scenario.provider("corp", CONFIG).externalGrant();
  }

  private static String token(String url, String region, String expiry) {
    return """
    {"startUrl": "%s", "region": "%s", "accessToken": "%s", "expiresAt": "%s"}
    """
        .formatted(url, region, CANARY, expiry);
  }

  @ParameterizedTest
  @MethodSource("views")
  void liveToken_ofTheSameStartUrl_isUsed(FakeFiles files) {
    KindScenario scenario =
        scenario(
            files,
            "a1.json",
            token("https://acme.awsapps.com/start", "us-east-1", "2025-01-15T13:00:00Z"));

    assertThat(externalGrant(scenario))
        .contains(
            Token.of(
                Token.IDENTITY_CENTER, Secret.of(CANARY), Instant.parse("2025-01-15T13:00:00Z")));
  }

  @Test
  void liveTokens_ofTheSameStartUrl_lastToExpireIsUsed() {
    FakeFiles files = FakeFiles.unix();
    for (String hour : new String[] {"13", "15", "14"}) {
      scenario(
          files,
          hour + ".json",
          token("https://acme.awsapps.com/start", "us-east-1", "2025-01-15T" + hour + ":00:00Z"));
    }

    assertThat(externalGrant(new KindScenario(files)).orElseThrow().expiresAt())
        .isEqualTo("2025-01-15T15:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T13:00:00UTC        | true",
        "https://acme.awsapps.com/start#/ | us-east-1 | 2025-01-15T13:00:00.123+00:00 | true",
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T12:00:01Z          | true",
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T12:00:00Z          | false",
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T11:00:00Z          | false",
        "https://acme.awsapps.com/start   | eu-west-1 | 2025-01-15T13:00:00Z          | false",
        "https://acme.awsapps.com/start-2 | us-east-1 | 2025-01-15T13:00:00Z          | false",
        "https://acme.awsapps.com/start   | us-east-1 | tomorrow                      | false",
      })
  void token_byItsFields_isUsedOrNot(String url, String region, String expiry, boolean used) {
    KindScenario scenario = scenario(FakeFiles.unix(), "a1.json", token(url, region, expiry));

    assertThat(externalGrant(scenario).isPresent()).isEqualTo(used);
  }

  @Test
  void liveToken_isNotUsed_bySessionsOfTheirOwn() {
    KindScenario scenario =
        scenario(
            FakeFiles.unix(),
            "a1.json",
            token("https://acme.awsapps.com/start", "us-east-1", "2025-01-15T13:00:00Z"));

    assertThat(scenario.provider("corp", CONFIG + "session: admin\n").externalGrant()).isEmpty();
  }

  @Test
  void expiredToken_isNamed_whereThereIsNoSignInOfOurOwn() {
    KindScenario scenario =
        scenario(
            FakeFiles.unix(),
            "a1.json",
            token("https://acme.awsapps.com/start", "us-east-1", "2025-01-15T11:00:00Z"));
    FakeRequest request = new FakeRequest();

    assertThat(
            KindScenario.message(
                ExitCode.SIGN_IN_REQUIRED, () -> scenario.provider("corp", CONFIG).grant(request)))
        .isEqualTo("the AWS CLI's sign-in to 'corp' has expired");
    assertThat(
            KindScenario.message(
                ExitCode.SIGN_IN_REQUIRED,
                () -> scenario.provider("corp", CONFIG + "session: admin\n").grant(request)))
        .isEqualTo("not signed in to 'corp'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a1.json | {\"startUrl\": \"https://acme.awsapps.com/start\", \"accessToken\": \"canary-t",
        "a1.json | [\"https://acme.awsapps.com/start\", \"accessToken\", \"canary-token\"]",
        "a1.json | {\"startUrl\": \"https://acme.awsapps.com/start\", \"accessToken\": {}}",
        "a1.txt  | {\"startUrl\": \"https://acme.awsapps.com/start\", \"accessToken\": \"x\"}",
      })
  void damagedFile_always_isIgnoredAndNotShown(String name, String content) {
    KindScenario scenario = scenario(FakeFiles.unix(), name, content);

    assertThat(externalGrant(scenario)).isEmpty();
    assertThat(scenario.services().console().said() + scenario.services().console().debugged())
        .doesNotContain("canary");
  }
}
