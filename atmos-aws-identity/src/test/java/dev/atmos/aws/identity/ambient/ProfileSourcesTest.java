package dev.atmos.aws.identity.ambient;

import static dev.atmos.plugin.base.ExitCode.DENIED;
import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.RecordedCall;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes.Outcome;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeSignInDialog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles whose credentials are made, against a loopback AWS; at 2025-01-15T12:00:00Z. */
class ProfileSourcesTest {
  private static final String CONFIG = ".aws/config";
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final IamUser ANN =
      IamUser.of("111111111111", "ann").key("AKIDANN", KindScenario.SECRET).mfa("seed");
  private static final Role DEPLOY =
      Role.of("333333333333", "Deploy").trusting(ANN.arn()).maxSession(Duration.ofHours(4));
  private static final Role AUDIT = Role.of("444444444444", "Audit").trusting(DEPLOY.arn());
  private static final String KEYS =
      "[profile keys]\naws_access_key_id = AKIDANN\naws_secret_access_key = "
          + KindScenario.SECRET
          + "\n";
  private static final String PORTAL =
      "sso_session = acme\nsso_account_id = 555555555555\nsso_role_name = Admin\n"
          + "[sso-session acme]\nsso_start_url = "
          + START_URL
          + "\nsso_region = us-east-1\n";

  private final KindScenario scenario = new KindScenario();
  private final FakeSignInDialog user = new FakeSignInDialog();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(scenario.services().clock()).add(ANN).add(DEPLOY).add(AUDIT);
    scenario.set("AWS_ENDPOINT_URL", aws.url()).set("AWS_PROFILE", "dev");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Identity profile(String text) {
    scenario.home(CONFIG, "[profile dev]\n" + text);
    return environment();
  }

  private Identity environment() {
    return new AmbientIdentityType(AmbientIdentityType.ANY)
        .create(scenario.definition("", "{}"), scenario.services());
  }

  private Identity role(String more) {
    return profile("role_arn = " + DEPLOY.arn() + "\nsource_profile = keys\n" + more + KEYS);
  }

  private static AwsCredentials credentials(Identity identity) {
    return KindScenario.credentials(identity, new FakeRequest());
  }

  private static String failure(ExitCode exitCode, Identity identity) {
    return KindScenario.message(exitCode, () -> credentials(identity));
  }

  private String arn(AwsCredentials credentials) {
    Credential issued = aws.credential(credentials.accessKeyId()).orElseThrow();
    return issued.principal().arn();
  }

  // ---- roles

  @Test
  void role_ofASourceProfile_isAssumedAsItSaysAndMayBeKept() {
    Identity identity =
        role("duration_seconds = 7200\nrole_session_name = me\nregion = eu-west-1\n");

    assertThat(identity.isCacheable()).isTrue();
    assertThat(identity.cacheKey().orElseThrow())
        .containsEntry("role_arn", DEPLOY.arn())
        .containsEntry("duration_seconds", "7200")
        .containsEntry("source.access_key_id", "AKIDANN");
    AwsCredentials made = credentials(identity);
    assertThat(arn(made)).isEqualTo("arn:aws:sts::333333333333:assumed-role/Deploy/me");
    assertThat(made.expiresAt()).isEqualTo(scenario.services().clock().instant().plusSeconds(7200));
    RecordedCall call = aws.calls(Operation.ASSUME_ROLE).getFirst();
    assertThat(String.valueOf(call.headers().get("authorization"))).contains("/eu-west-1/sts/");
  }

  @Test
  void role_ofARole_isAssumedByIt() {
    Identity identity =
        profile(
            "role_arn = "
                + AUDIT.arn()
                + "\nsource_profile = mid\n[profile mid]\nrole_arn = "
                + DEPLOY.arn()
                + "\nsource_profile = keys\n"
                + KEYS);
    assertThat(arn(credentials(identity))).contains(":assumed-role/Audit/");
  }

  @Test
  void roles_thatLeadBack_areNamed() {
    Identity identity =
        profile(
            """
            role_arn = a
            source_profile = mid
            [profile mid]
            role_arn = b
            source_profile = dev
            """);
    assertThat(failure(USAGE, identity))
        .isEqualTo(
            "the roles of the profiles lead back to profile 'dev': dev, mid, dev"
                + " | change the source_profile of one of them");
    assertThat(identity.isCacheable()).isFalse();
    assertThat(identity.cacheKey()).isEmpty();
  }

  @Test
  void role_whoseKeysAreRefused_saysWhatToRenew() {
    aws.revoke("AKIDANN");
    assertThat(failure(SIGN_IN_REQUIRED, role("")))
        .startsWith("could not assume " + DEPLOY.arn() + " of profile 'dev': InvalidClientTokenId")
        .endsWith(" | get new credentials for its source_profile");
  }

  @Test
  void role_thatIsDenied_isDenied() {
    aws.deny("*", Operation.ASSUME_ROLE);
    assertThat(failure(DENIED, role(""))).contains("AccessDenied");
  }

  @Test
  void role_withADevice_asksWhoeverIsThere() {
    MfaDevice device = Objects.requireNonNull(ANN.mfa());
    Identity identity = role("mfa_serial = " + device.serial() + "\n");
    assertThat(failure(SIGN_IN_REQUIRED, identity))
        .isEqualTo(
            "an MFA code of profile 'dev' is needed"
                + " | run, with AWS_PROFILE=dev: atmos auth login");
    assertThat(aws.calls()).isEmpty();

    user.answers("12", "000000", device.code(scenario.services().clock().instant()));
    AwsCredentials made = KindScenario.credentials(identity, new FakeRequest().withDialog(user));
    assertThat(arn(made)).contains(":assumed-role/Deploy/");
    assertThat(user.questions()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source_profile = keys+credential_source = Environment"
            + " | has both source_profile and credential_source",
        "source_profile = kees | no profile 'kees' in ",
        "source_profile = empty | profile 'empty', which profile 'dev' names as its"
            + " source_profile,",
        "source_profile = dev | lead back to profile 'dev': dev, dev",
        "credential_source = Cloud | credential_source of profile 'dev' is 'Cloud'",
        "credential_source = Environment | AWS_ACCESS_KEY_ID is not set",
        "credential_source = EcsContainer | AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set",
      })
  void role_withoutAUsableSource_saysWhy(String source, String why) {
    Identity identity =
        profile("role_arn = r\n" + source.replace('+', '\n') + "\n[profile empty]\n" + KEYS);
    assertThat(KindScenario.failure(() -> credentials(identity)).sentence()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint_url = %s\n",
        "services = here\n[services here]\nsts =\n  endpoint_url = %s\n",
      })
  void role_withAnEndpoint_isAssumedThere(String text) {
    scenario.set("AWS_ENDPOINT_URL", "");
    assertThat(arn(credentials(role(text.formatted(aws.url()))))).contains("/Deploy/");
    assertThat(failure(USAGE, role(text.formatted("http://example.com"))))
        .contains("endpoint_url must be an https:// URL");
  }

  // ---- access portals

  private String cacheFile(String name) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
    return ".aws/sso/cache/" + HexFormat.of().formatHex(digest) + ".json";
  }

  private IdentityCenterInstance portal() {
    IdentityCenterInstance center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 0);
    return center.assign("ann", "555555555555", "dev", "Admin");
  }

  private String portalToken() {
    String corp =
        "{kind: aws/iam-identity-center, region: us-east-1, start_url: " + START_URL + "}";
    Grant token = scenario.provider("corp", corp).grant(new FakeRequest().withDialog(user));
    return ((Token) token).value().reveal();
  }

  private void keep(String name, String token, String until) throws Exception {
    scenario.home(
        cacheFile(name),
        "{\"startUrl\": \"%s\", \"region\": \"us-east-1\", \"accessToken\": \"%s\", \"expiresAt\": \"%s\"}"
            .formatted(START_URL + "/", token, until));
  }

  @Test
  void portal_signedInByTheAwsCli_isUsedAndMayBeKept() throws Exception {
    portal();
    keep("acme", portalToken(), "2025-01-15T20:00:00UTC");
    Identity identity = profile(PORTAL);

    assertThat(identity.isCacheable()).isTrue();
    assertThat(identity.cacheKey().orElseThrow())
        .containsEntry("sso_account_id", "555555555555")
        .containsEntry("sso_session", "acme");
    assertThat(arn(credentials(identity))).contains(":assumed-role/AWSReservedSSO_Admin");
    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(1);
  }

  @Test
  void portal_ofAnotherSession_isNotUsed() throws Exception {
    portal();
    keep("other", portalToken(), "2025-01-15T20:00:00Z");
    assertThat(failure(SIGN_IN_REQUIRED, profile(PORTAL)))
        .isEqualTo(
            "profile 'dev' is not signed in at its access portal"
                + " | run: aws sso login --profile dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-01-15T12:00:00Z", "2025-01-15T20:00:00Z"})
  void portal_whoseSignInHasEnded_takesOneOfOurs(String until) throws Exception {
    IdentityCenterInstance center = portal();
    keep("acme", portalToken(), until);
    center.revokeSessions();
    Identity identity = profile(PORTAL);
    assertThat(failure(SIGN_IN_REQUIRED, identity)).contains("not signed in at its access portal");

    FakeRequest attended = new FakeRequest().withDialog(user);
    assertThat(arn(KindScenario.credentials(identity, attended))).contains("AWSReservedSSO_Admin");
    FakeRequest later = new FakeRequest().withSavedState(attended.savedState().orElseThrow());
    assertThat(arn(KindScenario.credentials(identity, later))).contains("AWSReservedSSO_Admin");
  }

  @Test
  void portal_thatDiffersFromItsSession_isRefused() {
    assertThat(failure(USAGE, profile("sso_region = eu-west-1\n" + PORTAL)))
        .isEqualTo(
            "sso_region of profile 'dev' differs from that of its sso-session 'acme'"
                + " | leave it out of the profile");
  }

  // ---- processes

  private void helper(int exit, String output) {
    scenario
        .services()
        .processes()
        .program("helper", Path.of("/bin/helper"), program -> Outcome.of(exit, Secret.of(output)));
  }

  private static String printed(String more) {
    return "{\"Version\": 1, \"AccessKeyId\": \"AKIDP\", \"SecretAccessKey\": \""
        + KindScenario.SECRET
        + "\""
        + more
        + "}";
  }

  @Test
  void process_ofTheProfile_runsBesideItsFileWithoutAShell() {
    helper(0, printed(", \"SessionToken\": \"t\", \"Expiration\": \"2025-01-15T13:00:00Z\""));
    Identity identity = profile("credential_process = helper \"a # b\" $HOME\n");

    assertThat(identity.isCacheable()).isTrue();
    assertThat(credentials(identity))
        .isEqualTo(
            AwsCredentials.of(
                "AKIDP",
                Secret.of(KindScenario.SECRET),
                Secret.of("t"),
                Instant.parse("2025-01-15T13:00:00Z")));
    var run = scenario.services().processes().runs().getFirst();
    assertThat(run.words()).containsExactly("helper", "a # b", "$HOME");
    assertThat(String.valueOf(run.directory())).isEqualTo("/home/dev/.aws");
  }

  @Test
  void process_thatStartsItself_isALoopAndTakesNoLock() {
    helper(0, printed(""));
    Identity identity = profile("credential_process = helper\n");
    credentials(identity);
    var guard = scenario.services().processes().runs().getFirst().variables().getFirst();
    scenario.set(guard.name(), Objects.requireNonNull(guard.value()).reveal());

    Identity again = environment();
    assertThat(again.isCacheable()).isFalse();
    assertThat(failure(USAGE, again))
        .startsWith("profile 'dev' in /home/dev/.aws/config leads back to itself");
    scenario.home(".aws/config", "[profile other]\ncredential_process = helper\n");
    assertThat(credentials(environmentOf("other")).accessKeyId()).isEqualTo("AKIDP");
  }

  private Identity environmentOf(String profile) {
    scenario.set("AWS_PROFILE", profile);
    return environment();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | '' | FAILED | ended with exit code 1",
        "2 | '' | USAGE | ended with exit code 2",
        "4 | '' | SIGN_IN_REQUIRED | ended with exit code 4",
        "0 | nothing | FAILED | printed no JSON object with \"Version\": 1",
        "0 | {\"Version\": 2} | FAILED | printed no JSON object with \"Version\": 1",
        "0 | {\"Version\": 1} | FAILED | printed no usable AccessKeyId and SecretAccessKey",
        "0 | {\"Version\": 1, \"Expiration\": \"soon\"} | FAILED | an Expiration that is not",
        "0 | {\"Version\": 1, \"Expiration\": \"2025-01-15T12:00:00Z\"} | SIGN_IN_REQUIRED"
            + " | printed credentials that expired at",
      })
  void process_thatGivesNothing_saysWhy(int exit, String output, ExitCode code, String why) {
    helper(exit, output);
    assertThat(failure(code, profile("credential_process = helper --password secret\n")))
        .startsWith("the credential_process of profile 'dev' ('helper') ")
        .contains(why)
        .doesNotContain("secret");
  }

  @Test
  void process_withAnOpenQuote_isRefused() {
    assertThat(failure(USAGE, profile("credential_process = helper \"a\n")))
        .startsWith("the credential_process of profile 'dev' is not a command line");
  }

  // ---- aws login

  private void login(String until) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest("s".getBytes(StandardCharsets.UTF_8));
    scenario.home(
        ".aws/login/cache/" + HexFormat.of().formatHex(digest) + ".json",
        """
        {"refreshToken": "r", "accessToken": {"accessKeyId": "ASIALOGIN", "secretAccessKey": "%s",
         "sessionToken": "t", "expiresAt": "%s"}}
        """
            .formatted(KindScenario.SECRET, until));
  }

  @Test
  void login_ofTheAwsCli_isUsedWhileItIsLiveAndNeverKept() throws Exception {
    login("2025-01-15T12:10:00Z");
    Identity identity = profile("login_session = s\n");
    assertThat(credentials(identity).accessKeyId()).isEqualTo("ASIALOGIN");
    assertThat(identity.isCacheable()).isFalse();
    assertThat(identity.cacheKey()).contains(Map.of("login_session", "s"));
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void login_thatHasEnded_namesAwsLogin() throws Exception {
    login("2025-01-15T12:00:00Z");
    assertThat(failure(SIGN_IN_REQUIRED, profile("login_session = s\n")))
        .startsWith("the credentials that aws login keeps for profile 'dev' expired at ")
        .endsWith("if it can't: aws login --profile dev");
  }

  // ---- regions

  @ParameterizedTest
  @CsvSource({"'', eu-west-1", "us-west-2, "})
  void region_ofTheProfile_countsWhereNoneIsExported(String exported, String region) {
    scenario.set("AWS_REGION", exported);
    assertThat(profile("region = eu-west-1\n").region().orElse(null)).isEqualTo(region);
  }
}
