package dev.atmos.aws.identity.user;

import static dev.atmos.plugin.base.ExitCode.FAILED;
import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeSignInDialog;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aws/user}, against a loopback STS. */
class UserIdentityTypeTest {
  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String KEY =
      "access_key_id: " + KEY_ID + ", secret_access_key: " + KindScenario.SECRET;
  private static final String ARN = "arn:aws:iam::111111111111:mfa/me";
  private static final String MFA = "mfa_arn: " + ARN;

  private final KindScenario scenario = new KindScenario();
  private final IamUser user =
      IamUser.of("111111111111", "me").key(KEY_ID, KindScenario.SECRET).mfa("seed");
  private final FakeSignInDialog dialog = new FakeSignInDialog();
  private final FakeRequest attended = new FakeRequest().withDialog(dialog);
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(scenario.services().clock());
    aws.add(user);
    scenario.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private static String with(String... credentials) {
    return "{kind: aws/user, credentials: {" + String.join(", ", credentials) + "}}";
  }

  private AwsCredentials silent(String yaml) {
    return KindScenario.credentials(scenario.identity("me", yaml), new FakeRequest());
  }

  private AwsCredentials signIn(String yaml) {
    return KindScenario.credentials(scenario.identity("me", yaml), attended);
  }

  private void prints(String text) {
    scenario
        .services()
        .processes()
        .program(
            "sh",
            scenario.services().directories().workingDirectory().resolve("sh"),
            program -> {
              assertThat(program.words()).containsExactly("sh", "-c", "my-code --now");
              return Processes.Outcome.of(0, Secret.of(text));
            });
  }

  private String code() {
    MfaDevice device = Objects.requireNonNull(user.mfa());
    return device.code(scenario.services().clock().instant());
  }

  @Test
  void key_ofTheConfiguration_signs() {
    assertThat(silent(with(KEY))).isEqualTo(KindScenario.key(KEY_ID));
    assertThat(
            silent(
                with(KEY, "region: mars", "mfa_arn: ''")
                    .replace("}}", "}, session: {duration: x}}")))
        .isEqualTo(KindScenario.key(KEY_ID));
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void key_thatIsAbsent_needsASignIn() {
    for (String yaml :
        new String[] {
          "{kind: aws/user}", "{kind: aws/user, credentials: ~}", with("region: x"), with(MFA)
        }) {
      assertThat(KindScenario.message(SIGN_IN_REQUIRED, () -> silent(yaml)))
          .isEqualTo("the configuration has no access key for 'me'");
    }
  }

  @Test
  void key_thatIsIncomplete_isRefusedWithItsPosition() {
    assertThat(KindScenario.message(USAGE, () -> silent(with("\n  access_key_id: AKID"))))
        .isEqualTo(
            "atmos.yaml:2:3: 'access_key_id' is there without 'secret_access_key'\n"
                + "  2 |   access_key_id: ...");
    assertThat(KindScenario.message(USAGE, () -> silent(with("secret_access_key: s", MFA))))
        .contains("'secret_access_key' is there without 'access_key_id'\n");
    assertThat(
            KindScenario.message(
                USAGE, () -> silent(with("access_key_id: ''", "secret_access_key: ''"))))
        .contains("'access_key_id' is empty; most likely its variable is not set\n");
    assertThat(
            KindScenario.message(
                USAGE, () -> silent(with("access_key_id: !env X", "secret_access_key: !env Y"))))
        .contains("'access_key_id' is empty; most likely its variable is not set\n");
    assertThat(
            KindScenario.message(
                USAGE, () -> silent(with("access_key_id: AKID", "secret_access_key: !env X"))))
        .contains("'secret_access_key' is empty; most likely its variable is not set\n");
  }

  @Test
  void key_withALineBreak_isRefused() {
    assertThat(
            KindScenario.message(
                USAGE,
                () -> silent(with("access_key_id: AKID", "\n  secret_access_key: \"s\\n[x]\""))))
        .contains("'secret_access_key' has a control character\n")
        .doesNotContain("[x]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKID EXAMPLE", "AKID\\n", "AKIDÄ"})
  void keyId_withACharacterThatIsNotAllowed_isRefusedWithItsPosition(String id) {
    assertThat(
            KindScenario.message(
                USAGE,
                () -> silent(with("\n  access_key_id: \"" + id + "\"", "secret_access_key: s"))))
        .startsWith(
            "atmos.yaml:2:3: 'access_key_id' must be an access key id: letters, digits and"
                + " characters of _.-\n");
  }

  @Test
  void via_always_isRefusedWithItsPosition() {
    assertThat(
            KindScenario.message(USAGE, () -> silent("kind: aws/user\nvia:\n  provider: corp\n")))
        .isEqualTo(
            "atmos.yaml:2:1: identity 'me' is of kind aws/user, which takes no 'via'\n  2 | via:");
  }

  @Test
  void user_withoutAKey_isAskedForItOnce_andItIsSaved() {
    dialog.answers(" " + KEY_ID + "\n", KindScenario.SECRET);

    assertThat(signIn("{kind: aws/user}")).isEqualTo(KindScenario.key(KEY_ID));
    assertThat(signIn("{kind: aws/user}")).isEqualTo(KindScenario.key(KEY_ID));

    assertThat(dialog.questions())
        .containsExactly("Access key id of 'me'", "Secret access key of 'me'");
    assertThat(attended.saved())
        .containsExactly(
            Optional.of(
                Secret.of(
                    "{\"accessKeyId\":\""
                        + KEY_ID
                        + "\",\"secretAccessKey\":\""
                        + KindScenario.SECRET
                        + "\"}")));
  }

  @Test
  void user_withoutAKey_whoGivesNone_isNotSignedIn() {
    assertThat(KindScenario.message(SIGN_IN_REQUIRED, () -> signIn("{kind: aws/user}")))
        .isEqualTo("no access key was given for identity 'me'");
    dialog.answers("not a key", "s");
    assertThat(KindScenario.message(USAGE, () -> signIn("{kind: aws/user}")))
        .isEqualTo(
            "the access key of identity 'me' is not valid | enter both parts as AWS displays them");
    assertThat(attended.saved()).isEmpty();
  }

  @Test
  void user_withMfa_needsASignIn() {
    assertThat(KindScenario.message(SIGN_IN_REQUIRED, () -> silent(with(KEY, MFA))))
        .isEqualTo("an MFA code of 'me' is needed");
  }

  @Test
  void user_withMfa_isAskedForACode_untilItHasSixDigits() {
    dialog.answers("12345", "abcdef", code());

    AwsCredentials session = signIn(with(KEY, MFA));

    assertThat(session.sessionToken()).isNotNull();
    assertThat(session.expiresAt()).isEqualTo("2025-01-16T00:00:00Z");
    assertThat(dialog.questions()).hasSize(3).containsOnly("Code of the MFA device " + ARN);
    assertThat(scenario.services().console().said()).contains("An MFA code has 6 digits");
  }

  @Test
  void user_withMfa_whoseCodeIsWrong_isAskedAgain() {
    String wrong = code().equals("000000") ? "000001" : "000000";
    dialog.answers(wrong, code());

    assertThat(signIn(with(KEY, MFA)).sessionToken()).isNotNull();
    assertThat(scenario.services().console().said()).startsWith("AWS rejected the code: ");
  }

  @Test
  void user_withMfa_whoGivesNoCode_isNotSignedIn() {
    assertThat(KindScenario.message(SIGN_IN_REQUIRED, () -> signIn(with(KEY, MFA))))
        .isEqualTo(
            "no MFA code was given for identity 'me'"
                + " | set the identity's mfa_command, which prints a code");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void user_withMfaAndASavedKey_thatAwsRejects_isAskedForAnother() {
    dialog.answers("AKIAUNKNOWN", KindScenario.SECRET, code());

    assertThat(KindScenario.message(FAILED, () -> signIn(with(MFA))))
        .contains("InvalidClientTokenId")
        .endsWith(" | check its access key in the configuration");
    assertThat(attended.savedState()).isEmpty();
  }

  @Test
  void mfaCommand_ofATrustedFileOnly_givesTheCode() {
    String yaml = with(KEY, MFA, "mfa_command: my-code --now");
    prints(code() + "\n");

    assertThat(signIn(yaml).sessionToken()).isNotNull();
    assertThat(dialog.questions()).isEmpty();

    scenario.distrusting();
    int runs = scenario.services().processes().runs().size();
    assertThat(KindScenario.message(USAGE, () -> signIn(yaml)))
        .isEqualTo("the file is not trusted");
    assertThat(scenario.services().processes().runs()).hasSize(runs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "1234567", "12345x", "code: 123456"})
  void mfaCommand_thatPrintsSomethingElse_isReportedWithoutIt(String printed) {
    prints(printed);

    String message =
        KindScenario.message(USAGE, () -> signIn(with(KEY, MFA, "mfa_command: my-code --now")));

    assertThat(message)
        .contains(
            "'mfa_command' of identity 'me' gave no code: it printed something other than 6"
                + " digits");
    if (!printed.isEmpty()) {
      assertThat(message).doesNotContain(printed);
    }
  }

  @Test
  void session_thatIsTooLong_isShortened_andSaysSo() {
    dialog.answers(code());

    AwsCredentials session = signIn(with(KEY, MFA).replace("}}", "}, session: {duration: 7d}}"));

    assertThat(session.expiresAt()).isEqualTo("2025-01-17T00:00:00Z");
    assertThat(scenario.services().console().said())
        .contains("The session of 'me' lasts 2160 minutes, the longest that AWS allows");
  }

  @Test
  void endpointOfAnUntrustedFile_isNotCalled() {
    scenario.distrusting();
    dialog.answers(code());

    assertThat(
            KindScenario.message(
                USAGE,
                () ->
                    signIn(
                        with(KEY, MFA)
                            .replace("}}", "}, spec: {endpoint_url: https://evil.example.com}}"))))
        .isEqualTo("the file is not trusted");
    assertThat(aws.calls(Operation.GET_SESSION_TOKEN)).isEmpty();
  }
}
