package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.terminal.TerminalDialog;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.io.Processes;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds that call STS and what is near to a machine, by the SDK's clients. */
class AwsKindsTest {
  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String ROLE = "arn:aws:iam::222222222222:role/Deploy";
  private static final String USER =
      """
      auth:
        identities:
          me:
            kind: aws/user
            credentials:
              access_key_id: %s
              secret_access_key: %s
      """
          .formatted(KEY_ID, SECRET);
  private static final String DEPLOY =
      """
          deploy:
            kind: aws/assume-role
            via: {identity: me}
            principal:
              assume_role: arn:aws:iam::222222222222:role/Deploy
              session_name: A_b c/é.x
              external_id: xyz-1
              source_identity: ann
              session_tags: {team: core}
              duration: 30m
              region: eu-west-1
      """;
  private static final String MFA =
      USER + "        mfa_arn: arn:aws:iam::111111111111:mfa/me\n" + DEPLOY;

  private final SignInTestContext context = new SignInTestContext();
  private final IamUser user = IamUser.of("111111111111", "me").key(KEY_ID, SECRET).mfa("seed");
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(context.services().clock());
    aws.add(user);
    aws.add(
        Role.of("222222222222", "Deploy")
            .trusting("arn:aws:iam::111111111111:user/me")
            .externalId("xyz-1"));
    context.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private AtmosException silentFailure(String identity) {
    return catchThrowableOfType(AtmosException.class, () -> context.silent(identity));
  }

  private void prints(String text) {
    context
        .services()
        .processes()
        .program(
            "sh",
            context.services().directories().workingDirectory().resolve("sh"),
            program -> {
              assertThat(program.words()).containsExactly("sh", "-c", "my-code --now");
              return Processes.Outcome.of(0, Secret.of(text));
            });
  }

  private String code() {
    MfaDevice device = Objects.requireNonNull(user.mfa());
    return device.code(context.services().clock().instant());
  }

  @Test
  void role_ofAUser_isAssumedWithAllOfItsFields_andCached() {
    context.config(USER + DEPLOY);

    Session session = context.silent("deploy");

    assertThat(session.description().account()).contains("222222222222");
    assertThat(session.description().principal()).contains(ROLE);
    assertThat(session.region()).contains("eu-west-1");
    assertThat(session.provider()).isNull();
    assertThat(session.credentials().expiresAt()).isEqualTo("2025-01-15T12:30:00Z");
    assertThat(aws.calls(Operation.ASSUME_ROLE))
        .last()
        .satisfies(call ->
            assertThat(call.body())
                .contains("RoleSessionName=A_b-c--.x")
                .contains("ExternalId=xyz-1")
                .contains("SourceIdentity=ann")
                .contains("Tags.member.1.Key=team&Tags.member.1.Value=core")
                .contains("DurationSeconds=1800"));
    int calls = aws.count(Operation.ASSUME_ROLE);
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.CACHED);
    assertThat(aws.count(Operation.ASSUME_ROLE)).isEqualTo(calls);
  }

  @Test
  void valueOfACommand_thatIsWrong_isRefusedBeforeAnythingIsSent() {
    String yaml = USER + DEPLOY.replace("region: eu-west-1", "region: !exec region");
    context.services().withConfig(YamlConfig.root(yaml, Map.of("region", "mars")));

    AtmosException failure = silentFailure("deploy");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.sentence())
        .startsWith("atmos.yaml:")
        .contains(": 'region' must be an AWS region\n");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void role_withTheWrongExternalId_isDenied() {
    context.config(USER + DEPLOY.replace("xyz-1", "xyz-2"));

    AtmosException failure = silentFailure("deploy");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence())
        .startsWith("could not assume " + ROLE + " for identity 'deploy': AccessDenied");
    assertThat(aws.count(Operation.ASSUME_ROLE)).isLessThanOrEqualTo(2);
  }

  @Test
  void role_withAKeyThatAwsDoesNotKnow_isDenied_withoutAnEndlessRepetition() {
    context.config(USER.replace(KEY_ID, "AKIAUNKNOWN") + DEPLOY);

    AtmosException failure = silentFailure("deploy");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(failure.sentence()).contains("InvalidClientTokenId").doesNotContain(SECRET);
  }

  @Test
  void endpointOfAnUntrustedFile_isNotAsked() {
    // A key that the file doesn't hold itself is the user's.
    context
        .set("KEY", SECRET)
        .config(
            (USER + DEPLOY + "      spec: {endpoint_url: https://evil.example.com}\n")
                .replace(SECRET, "!env KEY"))
        .distrusting();

    assertThat(silentFailure("deploy").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void userWithMfa_isAskedForACode_onceForTheWholeSession() {
    context.config(MFA);
    context.dialog().answers("12345", "abcdef", code());

    Session session = context.signIn("deploy");

    assertThat(session.origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(context.dialog().questions())
        .hasSize(3)
        .containsOnly("Code of the MFA device arn:aws:iam::111111111111:mfa/me");
    assertThat(context.services().console().said()).contains("has 6 digits");
    assertThat(context.silent("me").origin()).isEqualTo(Session.Origin.CACHED);
    assertThat(context.sessions().cached("me").expiresAt()).isEqualTo("2025-01-16T00:00:00Z");
    assertThat(silentFailureAfterTheSession().exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  private AtmosException silentFailureAfterTheSession() {
    context.services().clock().advance(Duration.ofHours(13));
    return silentFailure("deploy");
  }

  private static String lasting(String duration) {
    return DEPLOY.replace("duration: 30m", "duration: " + duration);
  }

  private void allowing(Duration longest) {
    aws.add(
        Role.of("222222222222", "Deploy")
            .trusting("arn:aws:iam::111111111111:user/me")
            .externalId("xyz-1")
            .maxSession(longest));
  }

  @Test
  void roleOfAUser_lastsAsLongAsItSays_asNoSessionStandsBetween() {
    allowing(Duration.ofHours(8));
    context.config(USER + lasting("8h"));

    assertThat(context.silent("deploy").credentials().expiresAt())
        .isEqualTo("2025-01-15T20:00:00Z");
    assertThat(aws.calls(Operation.GET_SESSION_TOKEN)).isEmpty();
  }

  @Test
  void roleOfAUserWithMfa_forMoreThanAnHour_isAssumedWithACodeOfItsOwn() {
    allowing(Duration.ofHours(8));
    context.config(MFA.replace("duration: 30m", "duration: 8h"));
    assertThat(silentFailure("deploy"))
        .hasMessageContaining("identity 'deploy' needs a sign-in: an MFA code of 'me' is needed");
    assertThat(aws.calls()).isEmpty();
    context.dialog().answers(code());

    Session session = context.signIn("deploy");

    assertThat(session.credentials().expiresAt()).isEqualTo("2025-01-15T20:00:00Z");
    assertThat(aws.calls(Operation.GET_SESSION_TOKEN)).isEmpty();
    assertThat(aws.calls(Operation.ASSUME_ROLE))
        .singleElement()
        .satisfies(call -> assertThat(call.body()).contains("SerialNumber=", "TokenCode="));
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.CACHED);
    assertThat(context.dialog().questions()).hasSize(1);
  }

  @Test
  void roleOfARole_isLimitedToAnHour_andSaysSo() {
    aws.add(
        Role.of("222222222222", "Next")
            .trusting("arn:aws:iam::222222222222:role/Deploy")
            .maxSession(Duration.ofHours(8)));
    context.config(
        USER
            + DEPLOY
            + """
                next:
                  kind: aws/assume-role
                  via: {identity: deploy}
                  principal: {assume_role: arn:aws:iam::222222222222:role/Next, duration: 8h}
            """);

    assertThat(context.silent("next").credentials().expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(context.services().console().said())
        .contains("The session of 'next' lasts 60 minutes, the longest that AWS allows");
  }

  @Test
  void key_thatSignsItself_needsNoNetwork_whateverIsKept() {
    context.config(USER);

    Identities identities = new AuthEngine(context.services()).identities();
    assertThat(identities.credentials("me").accessKeyId()).isEqualTo(KEY_ID);

    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void userWithMfa_withoutAnAnswer_getsNothing() {
    context.config(MFA);

    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> context.signIn("me"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void question_withoutATerminal_namesWhatElseThereIs_ofACodeOnly() {
    SignInOptions options =
        new SignInOptions(new TerminalDialog(context.services(), true, false), false);
    context.config(MFA);
    AtmosException code =
        catchThrowableOfType(AtmosException.class, () -> context.sessions().signIn("me", options));
    assertThat(code.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(code.hint().orElseThrow()).contains("mfa_command");

    context.config("auth: {identities: {me: {kind: aws/user}}}");
    AtmosException key =
        catchThrowableOfType(AtmosException.class, () -> context.sessions().signIn("me", options));
    assertThat(key.sentence()).contains("Access key id of 'me'").contains("without a terminal");
    assertThat(key.hint())
        .contains(
            "run it in a terminal, in the foreground; or from a script: atmos auth user configure"
                + " me --stdin");
  }

  @Test
  void mfaCommand_givesTheCode_ofATrustedFileOnly() {
    String config =
        MFA.replace("        mfa_arn", "        mfa_command: my-code --now\n        mfa_arn");
    context.config(config);
    prints(code() + "\n");

    assertThat(context.signIn("me").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(context.dialog().questions()).isEmpty();

    context.distrusting();
    context.services().clock().advance(Duration.ofHours(13));
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> context.signIn("me"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "1234567", "12345x", "code: 123456"})
  void mfaCommand_thatPrintsSomethingElse_isToldOfWithoutIt(String printed) {
    context.config(
        MFA.replace("        mfa_arn", "        mfa_command: my-code --now\n        mfa_arn"));
    prints(printed);

    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> context.signIn("me"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.sentence()).contains("it printed something other than 6 digits");
    if (!printed.isEmpty()) {
      assertThat(failure.sentence()).doesNotContain(printed);
    }
  }

  @Test
  void sessionThatIsTooLong_isShortened_andSaysSo() {
    context.config(
        MFA.replace("      credentials:", "      session: {duration: 7d}\n      credentials:"));
    context.dialog().answers(code());

    context.signIn("me");

    assertThat(context.sessions().cached("me").expiresAt()).isEqualTo("2025-01-17T00:00:00Z");
    assertThat(context.services().console().said())
        .contains("The session of 'me' lasts 2160 minutes, the longest that AWS allows");
  }

  @Test
  void userWithoutAKey_isAskedForIt_andItIsKeptWithTheSignIns() {
    context.config("auth: {identities: {me: {kind: aws/user}}}");
    assertThat(silentFailure("me").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    context.dialog().answers(KEY_ID, SECRET);

    Session session = context.signIn("me");
    assertThat(session.credentials().sessionToken()).isNotNull();
    assertThat(context.silent("me").grant()).isEqualTo(session.grant());
    context.services().clock().advance(Duration.ofHours(13));
    assertThat(context.silent("me").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.dialog().questions()).hasSize(2);

    LogoutPlan plan = context.sessions().plan(new LogoutScope.OfIdentity("me"), false);
    assertThat(plan.kept())
        .containsExactly(
            "The stored key of 'me' stays; to remove it: atmos auth user configure me --remove");
    context.sessions().logout(plan);
    assertThat(context.sessions().cached("me").expiresAt()).isNull();
    assertThat(context.silent("me").origin()).isEqualTo(Session.Origin.RENEWED);
    context.sessions().logout(context.sessions().plan(new LogoutScope.OfKey("me"), true));
    assertThat(silentFailure("me").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  @Test
  void keyThatIsChanged_takesAlongWhatWasMadeWithTheOldOne() {
    context.config("auth:\n  identities:\n    me: {kind: aws/user}\n" + DEPLOY);
    context.dialog().answers(KEY_ID, SECRET, "", "1h", KEY_ID, SECRET, "", "2h");
    context.sessions().configure("me", context.dialog());
    assertThat(context.silent("me").credentials().expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);

    context.sessions().configure("me", context.dialog());

    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.silent("me").credentials().expiresAt()).isEqualTo("2025-01-15T14:00:00Z");
  }

  @Test
  void identityWithoutAStoredKey_canStoreNone() {
    context.config("auth: {identities: {pod: {kind: ambient}}}");

    AtmosException failure =
        catchThrowableOfType(
            AtmosException.class, () -> context.sessions().configure("pod", context.dialog()));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageContaining("is of kind ambient, for which no key is stored");
  }

  @Test
  void job_ofGithub_assumesARole_onceForTheJob() {
    aws.add(
        Role.of("222222222222", "Deploy")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/app:*"));
    aws.metadata().job("repo:acme/app:ref:refs/heads/main");
    context.config(
        """
        auth:
          providers: {gh: {kind: github/oidc}}
          identities:
            deploy:
              kind: aws/assume-role
              via: {provider: gh}
              principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
        """);
    assertThat(silentFailure("deploy").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    context
        .set("ACTIONS_ID_TOKEN_REQUEST_URL", aws.metadata().jobUrl())
        .set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", aws.metadata().jobToken());

    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.silent("deploy").origin())
        .as("without the variables of a job, its cache key is unknown")
        .isEqualTo(Session.Origin.RENEWED);

    context.set("GITHUB_RUN_ID", "1").set("GITHUB_JOB", "build");
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.CACHED);
    context.set("GITHUB_RUN_ID", "2");
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.isSignedInTo("gh")).isFalse();
  }

  @Test
  void container_givesItsCredentials_andNothingIsCached() {
    aws.add(Role.of("222222222222", "Task").trusting("ecs-tasks.amazonaws.com"));
    aws.metadata().container(Role.of("222222222222", "Task"), "let-me-in");
    context.config(
        "auth: {identities: {pod: {kind: aws/ambient, principal: {region: eu-west-3}}}}");
    context.services().directories().write("/var/run/token", "let-me-in\n");
    context
        .set("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.metadata().containerUrl())
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/token");

    Session session = context.silent("pod");

    assertThat(session.credentials().sessionToken()).isNotNull();
    assertThat(session.region()).contains("eu-west-3");
    assertThat(context.sessions().plan(new LogoutScope.All(), false).steps()).isEmpty();
    context.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nowhere");
    assertThat(silentFailure("pod").sentence())
        .isEqualTo(
            "identity 'pod' has no credentials: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names a file"
                + " that does not exist");
  }

  @Test
  void instance_givesItsCredentials_toAnIdentityOfKindAmbient() {
    aws.metadata().instance(Role.of("222222222222", "Node"), "us-east-2");
    context.config("auth: {identities: {node: {kind: ambient}}}");
    context.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.metadata().instanceUrl());

    assertThat(context.silent("node").credentials().sessionToken()).isNotNull();
    context.set("AWS_EC2_METADATA_DISABLED", "true");
    assertThat(silentFailure("node").exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
  }

  @Test
  void webIdentityOfTheEnvironment_assumesItsRole() {
    aws.add(
        Role.of("222222222222", "Pod")
            .trustingWebIdentity("sts.amazonaws.com", "system:serviceaccount:*"));
    context.config("auth: {identities: {pod: {kind: ambient}}}");
    context
        .services()
        .directories()
        .write(
            "/var/run/token",
            aws.webIdentityToken(
                "system:serviceaccount:default:app", "sts.amazonaws.com", Duration.ofHours(1)));
    context
        .set("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
        .set("AWS_ROLE_ARN", "arn:aws:iam::222222222222:role/Pod");

    assertThat(context.silent("pod").credentials().sessionToken()).isNotNull();
  }

  @Test
  void roleOfAmbientKeys_isKeptForThatKeyAlone() {
    context.config("auth:\n  identities:\n    me: {kind: aws/ambient}\n" + DEPLOY);
    context.set("AWS_ACCESS_KEY_ID", KEY_ID).set("AWS_SECRET_ACCESS_KEY", SECRET);

    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.silent("deploy").origin()).isEqualTo(Session.Origin.CACHED);
    context.set("AWS_ACCESS_KEY_ID", "AKIAOTHER");
    AtmosException refused = silentFailure("deploy");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(refused.hint())
        .contains(
            "check the keys of the environment: AWS_ACCESS_KEY_ID, or the profile of AWS_PROFILE");
  }

  @Test
  void root_ofAMemberAccount_isAssumedForATask() {
    aws.allow("arn:aws:iam::111111111111:user/me", Operation.ASSUME_ROOT);
    context.config(
        USER
            + """
                root:
                  kind: aws/assume-root
                  via: {identity: me}
                  principal:
                    target_principal: "333333333333"
                    task_policy_arn: arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials
                    duration: 1h
            """);

    Session session = context.silent("root");

    assertThat(session.description().account()).contains("333333333333");
    assertThat(session.credentials().expiresAt()).isEqualTo("2025-01-15T12:15:00Z");
  }

  @Test
  void saml_isKnown_andSaysWhatItNeeds() {
    context.config(
        """
        auth:
          providers:
            okta: {kind: aws/saml, url: "https://acme.okta.com/x", region: us-east-1}
          identities:
            deploy:
              kind: aws/assume-role
              via: {provider: okta}
              principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
        """);

    AtmosException failure = silentFailure("deploy");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.PLUGIN);
    assertThat(failure.sentence())
        .contains("no plugin supplies kind 'aws/saml' of provider 'okta'");
    assertThat(failure.hint()).contains("a plugin for SAML could supply it");
  }
}
