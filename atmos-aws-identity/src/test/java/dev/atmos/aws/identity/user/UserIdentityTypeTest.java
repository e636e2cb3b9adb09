package dev.atmos.aws.identity.user;

import static dev.atmos.plugin.base.ExitCode.DENIED;
import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeSignInDialog;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  private Optional<Grant> source(String yaml, FakeRequest request, @Nullable ChainStep next) {
    return scenario.identity("me", yaml).source(request, next);
  }

  private Identity role(String duration) {
    return scenario.identity(
        "deploy",
        "{kind: aws/assume-role, principal: {assume_role: x, duration: %s}}".formatted(duration));
  }

  @Test
  void key_ofTheConfiguration_signsWhatAtmosSignsItself_withoutANetwork() {
    assertThat(source(with(KEY), new FakeRequest(), null)).contains(KindScenario.key(KEY_ID));
    String odd =
        with(KEY, "region: mars", "mfa_arn: ''").replace("}}", "}, session: {duration: x}}");
    assertThat(source(odd, new FakeRequest(), null)).contains(KindScenario.key(KEY_ID));
    assertThat(source(with(KEY, MFA), new FakeRequest(), null)).isEmpty();
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void key_ofTheConfiguration_isReplacedByASession() {
    AwsCredentials session = silent(with(KEY));

    assertThat(session.sessionToken()).isNotNull();
    assertThat(session.expiresAt()).isEqualTo("2025-01-16T00:00:00Z");
    assertThat(silent(with(KEY).replace("}}", "}, session: {duration: 1h}}")).expiresAt())
        .isEqualTo("2025-01-15T13:00:00Z");
    assertThat(dialog.questions()).isEmpty();
  }

  @Test
  void key_thatIsAskedForRaw_isHandedOut_byATrustedFileOnly() {
    String raw = with(KEY).replace("}}", "}, session: {raw: true}}");
    assertThat(silent(raw)).isEqualTo(KindScenario.key(KEY_ID));
    assertThat(scenario.identity("me", raw).isCacheable()).isFalse();
    assertThat(aws.calls()).isEmpty();

    scenario.distrusting();

    assertThat(silent(raw).sessionToken()).isNotNull();
    assertThat(scenario.identity("me", raw).isCacheable()).isTrue();
  }

  @Test
  void source_ofARoleDirectlyBehind_isTheKey_andWithMfaOnlyForMoreThanAnHour() {
    FakeRequest request = new FakeRequest();
    assertThat(source(with(KEY), request, role("1h"))).get().isInstanceOf(UserKey.class);
    assertThat(source(with(KEY), request, role("8h"))).get().isInstanceOf(UserKey.class);
    assertThat(source(with(KEY, MFA), request, role("1h"))).isEmpty();
    assertThat(source(with(KEY, MFA), request, role("61m"))).get().isInstanceOf(UserKey.class);
    Identity root = scenario.identity("root", "{kind: aws/assume-root}");
    assertThat(source(with(KEY, MFA), request, root)).get().isInstanceOf(UserKey.class);
    assertThat(source("{kind: aws/user}", request, role("8h"))).isEmpty();
    assertThat(source(with(KEY), request, scenario.identity("x", "{kind: ambient}"))).isEmpty();
  }

  @Test
  void configure_savesAKeyWithItsDeviceAndLength_andTheSessionUsesThem() {
    dialog.answers(KEY_ID, KindScenario.SECRET, ARN, "1h", code());
    Identity me = scenario.identity("me", "{kind: aws/user}");

    assertThat(me.configure(attended)).isTrue();
    AwsCredentials session = KindScenario.credentials(me, attended);

    assertThat(session.expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(dialog.questions())
        .containsExactly(
            "Access key id of 'me'",
            "Secret access key of 'me'",
            "MFA device of 'me', an ARN or a serial number (empty: none)",
            "Length of a session of 'me', such as 8h (empty: 12h)",
            "Code of the MFA device " + ARN);
    assertThat(source("{kind: aws/user}", attended, role("8h"))).isPresent();
    assertThat(source("{kind: aws/user}", attended, role("1h"))).isEmpty();
  }

  @Test
  void configure_asksForWhatTheConfigurationLacks_andRefusesWrongAnswers() {
    dialog.answers(KEY_ID, KindScenario.SECRET);
    String rest = with(MFA).replace("}}", "}, session: {duration: 1h}}");
    assertThat(scenario.identity("me", rest).configure(attended)).isTrue();
    assertThat(dialog.questions()).hasSize(2);
    assertThat(
            KindScenario.message(
                USAGE, () -> scenario.identity("me", with(KEY)).configure(attended)))
        .contains("the configuration has the access key of identity 'me'")
        .endsWith(" | take it out here to have atmos store one");
    Identity me = scenario.identity("me", "{kind: aws/user}");
    dialog.answers(KEY_ID, KindScenario.SECRET, "phone");
    assertThat(KindScenario.message(USAGE, () -> me.configure(attended)))
        .startsWith("the MFA device of identity 'me' must be the ARN of an MFA device");
    for (String length : new String[] {"14m", "36h1s", "long"}) {
      dialog.answers(KEY_ID, KindScenario.SECRET, "", length);
      assertThat(KindScenario.message(USAGE, () -> me.configure(attended)))
          .startsWith("the length of a session of identity 'me' must be")
          .endsWith("from 15m to 36h");
    }
    assertThat(attended.saved()).hasSize(1);
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

    assertThat(signIn("{kind: aws/user}").sessionToken()).isNotNull();
    assertThat(silentAgain().sessionToken()).isNotNull();

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

  private AwsCredentials silentAgain() {
    Secret saved = attended.savedState().orElseThrow();
    return KindScenario.credentials(
        scenario.identity("me", "{kind: aws/user}"), new FakeRequest().withSavedState(saved));
  }

  @Test
  void user_withoutAKey_whoGivesNone_isNotSignedIn() {
    assertThat(KindScenario.message(SIGN_IN_REQUIRED, () -> signIn("{kind: aws/user}")))
        .isEqualTo("no access key was given for identity 'me'");
    for (String id : new String[] {"not a key", KindScenario.SECRET, "akid"}) {
      dialog.answers(id, KEY_ID);
      assertThat(KindScenario.message(USAGE, () -> signIn("{kind: aws/user}")))
          .startsWith("the access key of identity 'me' is not valid");
    }
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
  void key_thatAwsRefuses_isNamedWithItsPlace() {
    dialog.answers("AKIAUNKNOWN", KindScenario.SECRET, code());

    assertThat(KindScenario.message(DENIED, () -> signIn(with(MFA))))
        .startsWith("AWS refuses the stored access key AKIAUNKNOWN of identity 'me': ")
        .contains("InvalidClientTokenId")
        .endsWith(" | run: atmos auth user configure me");
    assertThat(
            KindScenario.message(
                DENIED,
                () -> silent(with("\n  access_key_id: AKIAUNKNOWN", "secret_access_key: s"))))
        .startsWith("AWS refuses the access key at atmos.yaml:2:3 of identity 'me': ")
        .contains("InvalidClientTokenId");
    assertThat(
            KindScenario.message(
                DENIED, () -> silent(with("access_key_id: " + KEY_ID, "secret_access_key: wrong"))))
        .contains("AWS refuses the access key at atmos.yaml:1:")
        .contains("SignatureDoesNotMatch");
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
