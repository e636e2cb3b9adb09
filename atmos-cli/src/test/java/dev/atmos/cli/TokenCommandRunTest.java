package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos aws eks token}, from its words to its streams. */
final class TokenCommandRunTest {
  /** What {@code aws eks get-token} prints for the example key, cluster demo, at that time. */
  private static final String DEMO_TOKEN =
      "k8s-aws-v1."
          + "aHR0cHM6Ly9zdHMudXMtZWFzdC0yLmFtYXpvbmF3cy5jb20vP0FjdGlvbj1HZXRDYWxsZXJJZGVudGl0eSZW"
          + "ZXJzaW9uPTIwMTEtMDYtMTUmWC1BbXotQWxnb3JpdGhtPUFXUzQtSE1BQy1TSEEyNTYmWC1BbXotQ3JlZGVu"
          + "dGlhbD1BS0lERVhBTVBMRSUyRjIwMjUwMTE1JTJGdXMtZWFzdC0yJTJGc3RzJTJGYXdzNF9yZXF1ZXN0JlgtQW16"
          + "LURhdGU9MjAyNTAxMTVUMTIwMDAwWiZYLUFtei1FeHBpcmVzPTYwJlgtQW16LVNpZ25lZEhlYWRlcnM9aG9z"
          + "dCUzQngtazhzLWF3cy1pZCZYLUFtei1TaWduYXR1cmU9ZDU0NzdjMGNmZGU0NTYzOGViYmQ5MWI2NmM1ZmVh"
          + "ZjRkYWQzODk4ZWJlZDc4NWIzOWM1MzZlNWZlNmZlYmZmZA";

  private static final String TWO_USERS =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            alias: d
            credentials:
              access_key_id: AKIDEXAMPLE
              secret_access_key: !env DEV_SECRET
          ops:
            kind: aws/user
            credentials:
              access_key_id: AKIDOPS
              secret_access_key: ops-secret-in-yaml
      """;

  @ParameterizedTest
  @EnumSource
  void token_ofVariables_isTheAwsClisByteForByte(View view) {
    assertThat(view.atmos().keys().token().answer())
        .isEqualTo(
            "{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\","
                + "\"status\":{\"expirationTimestamp\":\"2025-01-15T12:14:00Z\",\"token\":\""
                + DEMO_TOKEN
                + "\"}}\n");
  }

  @ParameterizedTest
  @EnumSource
  void token_ofAnIdentityWithEnv_isSignedWithItsKey(View view) {
    AtmosRun atmos =
        view.atmos()
            .file("atmos.yaml", TWO_USERS)
            .env("DEV_SECRET", AtmosRun.SECRET)
            .knows("AKIDOPS", "ops-secret-in-yaml");
    assertThat(atmos.token("--identity", "dev").token()).isEqualTo(DEMO_TOKEN);
    assertThat(atmos.token("-i", "D").token()).isEqualTo(DEMO_TOKEN);
    assertThat(atmos.token("--identity=ops").keyId()).isEqualTo("AKIDOPS");
    assertThat(atmos.env("ATMOS_IDENTITY", "ops").token().keyId()).isEqualTo("AKIDOPS");
    assertThat(atmos.token("-i", "dev").keyId()).isEqualTo(AtmosRun.KEY_ID);
  }

  @ParameterizedTest
  @EnumSource
  void token_ofAnIdentity_isNotChangedByTheUsersOwnVariables(View view) {
    Result result =
        view.atmos()
            .file("atmos.yaml", TWO_USERS)
            .env("DEV_SECRET", AtmosRun.SECRET)
            .env("AWS_ACCESS_KEY_ID", "AKIDOTHER")
            .env("AWS_SECRET_ACCESS_KEY", "other-secret")
            .env("AWS_SESSION_TOKEN", "other-token")
            .env("AWS_PROFILE", "other")
            .token("-i", "dev");
    assertThat(result.answer()).contains(DEMO_TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void token_ofTheSharedFile_isSignedWithItsKey(View view) {
    Result result =
        view.atmos()
            .file(
                "~/.aws/credentials",
                "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\n")
            .knows("AKIDFILE", "file-secret")
            .token();
    assertThat(result.keyId()).isEqualTo("AKIDFILE");
  }

  @ParameterizedTest
  @EnumSource
  void token_ofTheMock_isWellFormed(View view) {
    Result result =
        view.atmos()
            .file("atmos.yaml", "auth:\n  identities:\n    test: {kind: mock/aws}\n")
            .knows("MOCK_ACCESS_KEY_ID", "MOCK_SECRET_ACCESS_KEY")
            .token();
    assertThat(result.keyId()).isEqualTo("MOCK_ACCESS_KEY_ID");
  }

  @ParameterizedTest
  @EnumSource
  void token_ofAnIdentityOfTheUsersDirectory_isFound(View view) {
    String directory = view == View.UNIX ? "~/.config/atmos/" : "~/AppData/Local/atmos/";
    Result result =
        view.atmos()
            .file(directory + "atmos.yaml", TWO_USERS)
            .env("DEV_SECRET", AtmosRun.SECRET)
            .knows("AKIDOPS", "ops-secret-in-yaml")
            .token("-i", "ops");
    assertThat(result.keyId()).isEqualTo("AKIDOPS");
  }

  @ParameterizedTest
  @EnumSource
  void config_namedByOptionOrVariable_isReadInPlaceOfAllOthers(View view) {
    AtmosRun atmos =
        view.atmos()
            .file("atmos.yaml", "not: [valid")
            .file("other/my.yaml", TWO_USERS)
            .env("DEV_SECRET", AtmosRun.SECRET);
    assertThat(atmos.token("-i", "dev", "--config", "other/my.yaml").token()).isEqualTo(DEMO_TOKEN);
    assertThat(atmos.token("--config=other/my.yaml", "-i", "dev").token()).isEqualTo(DEMO_TOKEN);
    assertThat(atmos.env("ATMOS_CONFIG", "other/my.yaml").token("-i", "dev").token())
        .isEqualTo(DEMO_TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void globals_beforeBetweenAndAfterTheWords_areTheSame(View view) {
    AtmosRun atmos =
        view.atmos().file("my.yaml", TWO_USERS).env("DEV_SECRET", AtmosRun.SECRET).keys();
    String[] end = {"--cluster-name", "demo", "--region", "us-east-2", "-i", "dev"};
    for (List<String> words :
        List.of(
            List.of("--config", "my.yaml", "aws", "eks", "token"),
            List.of("--config=my.yaml", "aws", "eks", "token"),
            List.of("aws", "--config", "my.yaml", "eks", "token"),
            List.of("aws", "eks", "--config=my.yaml", "token"),
            List.of("aws", "eks", "token", "--config", "my.yaml"),
            List.of("--logs-level", "warn", "aws", "--config=my.yaml", "eks", "token"))) {
      String[] all = words.toArray(new String[words.size() + end.length]);
      System.arraycopy(end, 0, all, words.size(), end.length);
      assertThat(atmos.run(all).answer()).as(words.toString()).contains(DEMO_TOKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1"})
  void execInfo_ofAKnownVersion_isAnsweredInIt(String version) {
    Result result =
        AtmosRun.unix()
            .keys()
            .env(
                "KUBERNETES_EXEC_INFO",
                "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/"
                    + version
                    + "\",\"spec\":{\"interactive\":false}}\n")
            .token();
    assertThat(result.stderr()).isEmpty();
    assertThat(result.apiVersion()).isEqualTo(version);
    assertThat(result.token()).isEqualTo(DEMO_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "[]",
        "null",
        "[{\"apiVersion\":\"client.authentication.k8s.io/v1\"}]",
        "{}",
        "{\"apiVersion\":null}",
        "{\"apiVersion\":1}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v2\"}",
        "{\"apiVersion\":\"\\u001b[31m\"}",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\"} x"
      })
  void execInfo_thatIsNone_isATokenAndOneLine(String variable) {
    for (View view : View.values()) {
      Result result = view.atmos().keys().env("KUBERNETES_EXEC_INFO", variable).token();
      assertThat(result.token()).isEqualTo(DEMO_TOKEN);
      assertThat(result.apiVersion()).isEqualTo("v1beta1");
      assertThat(result.stderr().lines())
          .singleElement()
          .asString()
          .contains("KUBERNETES_EXEC_INFO")
          .doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Test
  void execInfo_empty_saysNothing() {
    assertThat(AtmosRun.unix().keys().env("KUBERNETES_EXEC_INFO", "").token().answer())
        .contains(DEMO_TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void token_longerThanServersAccept_isPrintedWithOneLine(View view) {
    Result result = view.atmos().keys().env("AWS_SESSION_TOKEN", "a".repeat(2690)).token();
    assertThat(result.token()).hasSize(4097);
    assertThat(result.stderr().lines()).singleElement().asString().contains("4097", "4096");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-15T12:05:00Z, 2025-01-15T12:04:00Z",
    "2025-01-15T12:15:00Z, 2025-01-15T12:14:00Z",
    "2025-01-15T13:00:00Z, 2025-01-15T12:14:00Z",
    "not-a-time, 2025-01-15T12:14:00Z",
  })
  void expiry_ofTheCredentials_shortensTheTokens(String expiration, String expiry) {
    Result result =
        AtmosRun.unix()
            .keys()
            .env("AWS_SESSION_TOKEN", "session")
            .env("AWS_CREDENTIAL_EXPIRATION", expiration)
            .token();
    assertThat(result.expiry()).isEqualTo(expiry);
  }

  @Test
  void token_withAFullDisk_failsWithoutAStack() {
    AtmosRun.unix()
        .keys()
        .withFullDisk()
        .token()
        .failedSaying(1, "standard output", "No space left on device");
  }

  @Test
  void debug_askedForInAnyWay_saysMoreOnStandardErrorOnly() {
    AtmosRun atmos = AtmosRun.unix().keys().env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1");
    assertThat(atmos.token().stderr()).isEmpty();
    Result option = atmos.token("--logs-level", "Debug");
    Result variable = atmos.env("ATMOS_LOGS_LEVEL", "debug").token();
    assertThat(option).isEqualTo(variable);
    assertThat(option.stderr()).startsWith("debug: AWS_ENDPOINT_URL_STS ");
    assertThat(option.token()).isEqualTo(DEMO_TOKEN);
  }
}
