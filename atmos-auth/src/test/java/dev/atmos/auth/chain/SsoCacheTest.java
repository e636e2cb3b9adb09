package dev.atmos.auth.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.session.LogoutScope;
import dev.atmos.auth.session.ProviderSession;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.auth.session.SignInTestContext;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.testkit.FakeFiles;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code aws sso login} has left: used, and never written. */
class SsoCacheTest {
  private static final String CONFIG =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start/
            region: us-east-1
      """;

  private static final String CANARY = "canary-token";

  static Stream<FakeFiles> views() {
    return Stream.of(FakeFiles.unix(), FakeFiles.windows());
  }

  private static SignInTestContext desk(FakeFiles files, String name, String content) {
    SignInTestContext desk = new SignInTestContext(files).config(CONFIG);
    Path home = files.home().orElseThrow();
    files.write(
        home.resolve(".aws").resolve("sso").resolve("cache").resolve(name).toString(), content);
    return desk;
  }

  private static String token(String url, String region, String expiry) {
    return """
    {"startUrl": "%s", "region": "%s", "accessToken": "%s", "expiresAt": "%s"}
    """
        .formatted(url, region, CANARY, expiry);
  }

  @ParameterizedTest
  @MethodSource("views")
  void liveToken_ofTheSameStartUrl_isBorrowed(FakeFiles files) {
    SignInTestContext desk =
        desk(
            files,
            "a1.json",
            token("https://acme.awsapps.com/start", "us-east-1", "2025-01-15T13:00:00Z"));

    ProviderSession session =
        desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false));

    assertThat(session.borrowed()).isTrue();
    assertThat(session.store()).isNull();
    assertThat(session.expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(desk.visitor().visited()).isEmpty();
    assertThat(desk.sessions().plan(new LogoutScope.OfProvider("corp")).steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T13:00:00UTC        | true",
        "https://acme.awsapps.com/start#/ | us-east-1 | 2025-01-15T13:00:00.123+00:00 | true",
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T12:04:00Z          | false",
        "https://acme.awsapps.com/start   | us-east-1 | 2025-01-15T11:00:00Z          | false",
        "https://acme.awsapps.com/start   | eu-west-1 | 2025-01-15T13:00:00Z          | false",
        "https://acme.awsapps.com/start-2 | us-east-1 | 2025-01-15T13:00:00Z          | false",
        "https://acme.awsapps.com/start   | us-east-1 | tomorrow                      | false",
      })
  void token_byItsFields_isBorrowedOrNot(
      String url, String region, String expiry, boolean borrowed) {
    SignInTestContext desk = desk(FakeFiles.unix(), "a1.json", token(url, region, expiry));
    desk.context().network().fail(new AtmosException(ExitCode.UNAVAILABLE, "no network"));

    AtmosException failure =
        catchThrowableOfType(
            AtmosException.class,
            () ->
                desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false)));

    assertThat(failure == null).isEqualTo(borrowed);
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
  void damagedFile_isNoToken_andNotShown(String name, String content) {
    SignInTestContext desk = desk(FakeFiles.unix(), name, content);

    assertThat(desk.sessions().keptOfProvider("corp")).isNull();
    assertThat(desk.context().console().said() + desk.context().console().debugged())
        .doesNotContain("canary");
  }
}
