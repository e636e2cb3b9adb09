package dev.atmos.aws.identity.ambient;

import static dev.atmos.plugin.base.ExitCode.FAILED;
import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeFiles;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from the files that the AWS tools share. */
class SharedFilesTest {
  private static final String CREDENTIALS = ".aws/credentials";
  private static final String CONFIG = ".aws/config";

  private static String keys(String id) {
    return "aws_access_key_id = " + id + "\naws_secret_access_key = " + KindScenario.SECRET + "\n";
  }

  static String profile(String header, String id) {
    return "[" + header + "]\n" + keys(id);
  }

  @ParameterizedTest
  @MethodSource("dev.atmos.aws.identity.ambient.AmbientScenario#views")
  void defaultProfile_inTheCredentialsFile_isTaken(FakeFiles files) {
    AmbientScenario scenario =
        new AmbientScenario(files).home(CREDENTIALS, profile("default", "AKIDFILE"));
    assertThat(scenario.credentials())
        .isEqualTo(AwsCredentials.of("AKIDFILE", Secret.of(KindScenario.SECRET), null, null));
  }

  @ParameterizedTest
  @MethodSource("dev.atmos.aws.identity.ambient.AmbientScenario#views")
  void defaultProfile_inTheConfigFile_isTaken(FakeFiles files) {
    assertThat(new AmbientScenario(files).home(CONFIG, profile("default", "AKIDFILE")).keyId())
        .isEqualTo("AKIDFILE");
    assertThat(new AmbientScenario(files).home(CONFIG, profile("profile default", "AKIDP")).keyId())
        .isEqualTo("AKIDP");
  }

  @ParameterizedTest
  @CsvSource({
    // AWS_PROFILE, AWS_DEFAULT_PROFILE, key id
    "'', '', AKIDDEFAULT",
    "dev, '', AKIDDEV",
    "'', dev, AKIDDEV",
    "dev, prod, AKIDDEV",
    "prod, dev, AKIDPROD",
    "both, '', AKIDCREDENTIALS",
    "default, dev, AKIDDEFAULT",
  })
  void profile_ofTheVariable_isTaken(String profile, String other, String id) {
    AmbientScenario scenario =
        new AmbientScenario()
            .home(
                CREDENTIALS,
                profile("default", "AKIDDEFAULT")
                    + profile("dev", "AKIDDEV")
                    + profile("both", "AKIDCREDENTIALS"))
            .home(CONFIG, profile("profile prod", "AKIDPROD") + profile("profile both", "AKIDX"))
            .set("AWS_PROFILE", profile)
            .set("AWS_DEFAULT_PROFILE", other);
    assertThat(scenario.keyId()).isEqualTo(id);
  }

  @ParameterizedTest
  @MethodSource("dev.atmos.aws.identity.ambient.AmbientScenario#views")
  void files_ofTheVariables_areTaken(FakeFiles files) {
    files.write("keys/mine", profile("default", "AKIDFILE"));
    files.write("keys/conf", profile("profile dev", "AKIDCONF"));
    assertThat(
            new AmbientScenario(files)
                .home(CREDENTIALS, profile("default", "AKIDHOME"))
                .set("AWS_SHARED_CREDENTIALS_FILE", files.path("keys/mine").toString())
                .keyId())
        .isEqualTo("AKIDFILE");
    assertThat(
            new AmbientScenario(files)
                .set("AWS_CONFIG_FILE", "keys/conf")
                .set("AWS_PROFILE", "dev")
                .keyId())
        .isEqualTo("AKIDCONF");
  }

  @ParameterizedTest
  @MethodSource("dev.atmos.aws.identity.ambient.AmbientScenario#views")
  void files_withATilde_areBelowHome(FakeFiles files) {
    AmbientScenario scenario =
        new AmbientScenario(files)
            .home("x/mine", profile("default", "AKIDTILDE"))
            .set("AWS_SHARED_CREDENTIALS_FILE", "~/x/mine");
    assertThat(scenario.keyId()).isEqualTo("AKIDTILDE");
    assertThat(scenario.set("AWS_SHARED_CREDENTIALS_FILE", "~//x/mine").keyId())
        .isEqualTo("AKIDTILDE");
    if (files.isWindows()) {
      assertThat(scenario.set("AWS_SHARED_CREDENTIALS_FILE", "~\\x\\mine").keyId())
          .isEqualTo("AKIDTILDE");
    }
  }

  @Test
  void files_withVariables_areWhereTheseLead() {
    AmbientScenario scenario = new AmbientScenario().home("x/mine", profile("default", "AKIDVAR"));
    scenario.set("HOME", "/home/dev").set("WHERE", "x");
    assertThat(scenario.set("AWS_CONFIG_FILE", "$HOME/${WHERE}/mine").keyId()).isEqualTo("AKIDVAR");
    scenario.services().directories().write("/home/dev/$UNSET", profile("default", "AKIDNONE"));
    assertThat(scenario.set("AWS_CONFIG_FILE", "$HOME/$UNSET").keyId()).isEqualTo("AKIDNONE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile \"my dev\"", "profile 'my dev'"})
  void profile_withBlanksInItsName_isTaken(String header) {
    assertThat(
            new AmbientScenario()
                .home(CONFIG, profile(header, "AKIDBLANK"))
                .set("AWS_PROFILE", "my dev")
                .keyId())
        .isEqualTo("AKIDBLANK");
  }

  @Test
  void files_withATildeAndAName_areNotBelowHome() {
    AmbientScenario scenario = new AmbientScenario(FakeFiles.unix());
    scenario.services().directories().write("~bob", profile("default", "AKIDBOB"));
    assertThat(scenario.set("AWS_SHARED_CREDENTIALS_FILE", "~bob").keyId()).isEqualTo("AKIDBOB");
  }

  @Test
  void home_absent_onlyFilesOfTheVariablesCount() {
    AmbientScenario scenario = new AmbientScenario(FakeFiles.unix().withoutHome());
    assertThat(scenario.failure(SIGN_IN_REQUIRED))
        .startsWith(
            "no AWS credentials: AWS_ACCESS_KEY_ID is not set, the user has no home directory with"
                + " shared files, and the instance metadata service is not asked | ");
    assertThat(scenario.set("AWS_PROFILE", "dev").failure(USAGE))
        .isEqualTo("can't look for profile 'dev': the user has no home directory");
    assertThat(scenario.set("AWS_CONFIG_FILE", "~/config").failure(USAGE))
        .isEqualTo("AWS_CONFIG_FILE begins with ~, and the user has no home directory");
    scenario.services().directories().write("/etc/conf", profile("profile dev", "AKIDCONF"));
    assertThat(scenario.set("AWS_CONFIG_FILE", "/etc/conf").keyId()).isEqualTo("AKIDCONF");
    assertThat(scenario.set("AWS_PROFILE", "x").failure(USAGE))
        .isEqualTo("no profile 'x' in /etc/conf");
  }

  @Test
  void sessionToken_inTheProfile_goesWithTheKeys() {
    String keys = profile("default", "ASIAFILE");
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, keys + "aws_session_token = " + KindScenario.TOKEN + "\n")
                .credentials()
                .sessionToken())
        .isEqualTo(Secret.of(KindScenario.TOKEN));
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, keys + "aws_security_token=old\naws_session_token=new\n")
                .credentials()
                .sessionToken())
        .isEqualTo(Secret.of("new"));
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, keys + "aws_security_token = old\naws_session_token =\n")
                .credentials()
                .sessionToken())
        .isEqualTo(Secret.of("old"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x_security_token_expires", "aws_expiration", "aws_session_expiration"})
  void expiry_inTheProfile_counts(String field) {
    String session = profile("default", "ASIAFILE") + "aws_session_token = t\n" + field + " = ";
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, session + "2025-01-15T13:00:01+01:00\n")
                .credentials()
                .expiresAt())
        .isEqualTo(Instant.parse("2025-01-15T12:00:01Z"));
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, session + "2025-01-15T13:00:00+01:00\n")
                .failure(SIGN_IN_REQUIRED))
        .startsWith(
            "the credentials of profile 'default' in /home/dev/.aws/credentials expired at"
                + " 2025-01-15T13:00:00+01:00 ("
                + field
                + ") | ");
    AmbientScenario malformed =
        new AmbientScenario().home(CREDENTIALS, session + "2020-01-15 13:00:00\n");
    assertThat(malformed.credentials().expiresAt()).isNull();
    assertThat(malformed.services().console().debugged()).startsWith(field + " is not an RFC 3339");
  }

  @Test
  void keys_inAnyCaseAndFollowedByComments_areTaken() {
    AmbientScenario scenario =
        new AmbientScenario()
            .home(
                CREDENTIALS,
                "[default]\nAWS_ACCESS_KEY_ID = AKIDUPPER ; mine\n  # of 2024\n"
                    + "Aws_Secret_Access_Key = "
                    + KindScenario.SECRET
                    + "\n  # secret\n");
    assertThat(scenario.credentials())
        .isEqualTo(AwsCredentials.of("AKIDUPPER", Secret.of(KindScenario.SECRET), null, null));
  }

  /**
   * What the chain comes to where a profile, its files and the environment offer several things.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // credentials file, config file, what is found
        "keys | role_arn = arn | role_arn",
        "role_arn = arn | keys | role_arn",
        "keys | role_arn = arn, web_identity_token_file = f | web_identity_token_file",
        "keys | sso_account_id = 1, sso_role_name = r, sso_session = s | sso_account_id",
        "keys | sso_role_name = r | sso_role_name",
        "keys | sso_session = s | AKID",
        "keys | sso_start_url = s | AKID",
        "keys | login_session = s | AKID",
        "keys | credential_process = p | AKID",
        "keys, credential_process = p | | AKID",
        "keys | role_arn = | AKID",
        "| keys, login_session = s | login_session",
        "| keys, credential_process = p | credential_process",
        "credential_process = p | keys | credential_process",
        "| keys, sso_session = s | AKID",
        "| keys | AKID",
        "| sso_session = s | container",
        "| sso_start_url = s | container",
        "| login_session = s, credential_process = p | login_session",
        "| region = r | none",
      })
  void chain_ofAProfile_followsTheAwsCli(String credentials, String config, String found) {
    AmbientScenario scenario = new AmbientScenario();
    if (credentials != null) {
      scenario.home(CREDENTIALS, section("dev", credentials));
    }
    if (config != null) {
      scenario.home(CONFIG, section("profile dev", config));
    }
    scenario
        .home(".aws/other", "")
        .set("AWS_PROFILE", "dev")
        .set("AWS_CONTAINER_CREDENTIALS_FULL_URI", found.equals("none") ? "" : "http://x");
    switch (found) {
      case "AKID" -> assertThat(scenario.keyId()).isEqualTo("AKID");
      case "none" ->
          assertThat(scenario.failure(SIGN_IN_REQUIRED)).startsWith("no AWS credentials: ");
      case "web_identity_token_file" ->
          assertThat(scenario.failure(SIGN_IN_REQUIRED))
              .isEqualTo(
                  "web_identity_token_file of profile 'dev' names a file that does not exist");
      case "role_arn" ->
          assertThat(scenario.failure(USAGE))
              .isEqualTo(
                  "profile 'dev' has role_arn with neither source_profile nor credential_source"
                      + " | add one of them to that profile");
      case "sso_account_id" ->
          assertThat(scenario.failure(USAGE))
              .isEqualTo(
                  "profile 'dev' names the sso-session 's', which doesn't exist"
                      + " | run: aws configure sso-session");
      case "sso_role_name" ->
          assertThat(scenario.failure(USAGE))
              .isEqualTo(
                  "profile 'dev' signs in at an access portal and has no sso_start_url, sso_region"
                      + " or sso_account_id | run: aws configure sso --profile dev");
      case "login_session" ->
          assertThat(scenario.failure(SIGN_IN_REQUIRED))
              .isEqualTo(
                  "profile 'dev' is not signed in with aws login | run: aws login --profile dev");
      case "credential_process" ->
          assertThat(scenario.failure(FAILED))
              .startsWith("the credential_process of profile 'dev' ('p') failed: ");
      default ->
          assertThat(scenario.failure(USAGE))
              .startsWith("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither ");
    }
  }

  private static String section(String header, String properties) {
    return "["
        + header
        + "]\n"
        + properties.replace("keys", keys("AKID")).replace(", ", "\n").replace("\n\n", "\n")
        + "\n";
  }

  @Test
  void container_comesAfterTheFiles() {
    AmbientScenario scenario =
        new AmbientScenario().set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/x");
    assertThat(scenario.failure(USAGE))
        .isEqualTo(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https:// nor an address that AWS gives"
                + " containers");
    assertThat(scenario.home(CREDENTIALS, profile("default", "AKID")).keyId()).isEqualTo("AKID");
  }

  @Test
  void webIdentity_ofTheEnvironment_comesBeforeTheFiles() {
    AmbientScenario scenario =
        new AmbientScenario()
            .home(CREDENTIALS, profile("default", "AKID"))
            .set("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
            .set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x");
    assertThat(scenario.failure(SIGN_IN_REQUIRED))
        .isEqualTo("AWS_WEB_IDENTITY_TOKEN_FILE names a file that does not exist");
    scenario.set("AWS_ROLE_ARN", "");
    assertThat(scenario.failure(SIGN_IN_REQUIRED))
        .isEqualTo(
            "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not | set both or neither");
    assertThat(scenario.keys("AKIDENV").keyId()).isEqualTo("AKIDENV");
  }

  @Test
  void roleOfTheEnvironment_withoutAToken_isIgnored() {
    assertThat(
            new AmbientScenario()
                .home(CREDENTIALS, profile("default", "AKID"))
                .set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
                .keyId())
        .isEqualTo("AKID");
  }
}
