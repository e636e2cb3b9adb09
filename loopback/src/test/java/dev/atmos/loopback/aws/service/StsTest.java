package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS, by the SDK's client. */
class StsTest {
  private static final Role DEPLOY =
      Role.of(LoopbackScenario.ACCOUNT, "Deploy").path("/teams/").trusting(LoopbackScenario.ALICE);
  private static final Role OTHER = Role.of("444455556666", "Other").trusting(DEPLOY.arn());

  private LoopbackAws aws;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start().add(LoopbackScenario.USER.mfa("seed")).add(DEPLOY).add(OTHER);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private StsClient sts(AwsCredentials credentials) {
    return LoopbackScenario.client(StsClient.builder(), aws, credentials);
  }

  private AssumeRoleResponse assume(
      AwsCredentials as, Role role, Consumer<AssumeRoleRequest.Builder> more) {
    try (StsClient sts = sts(as)) {
      return sts.assumeRole(request -> {
        request.roleArn(role.arn()).roleSessionName("me@home");
        more.accept(request);
      });
    }
  }

  private String arnOf(AwsCredentials credentials) {
    try (StsClient sts = sts(credentials)) {
      return sts.getCallerIdentity().arn();
    }
  }

  private static void assertFails(int status, String code, String message, ThrowingCallable call) {
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(call)
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorMessage()).contains(message);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
          assertThat(e.statusCode()).isEqualTo(status);
        });
  }

  @Test
  void getCallerIdentity_ofAUser_isTheUser() {
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      var identity = sts.getCallerIdentity();

      assertThat(identity.arn()).isEqualTo(LoopbackScenario.ALICE);
      assertThat(identity.account()).isEqualTo(LoopbackScenario.ACCOUNT);
      assertThat(identity.userId()).startsWith("AIDA").hasSize(21);
    }
  }

  @Test
  void assumeRole_thatTrustsTheUser_givesASessionOfTheRole() {
    AssumeRoleResponse answer =
        assume(LoopbackScenario.alice(), DEPLOY, request -> request.durationSeconds(900));

    String arn = "arn:aws:sts::111122223333:assumed-role/Deploy/me@home";
    assertThat(answer.assumedRoleUser().arn()).isEqualTo(arn);
    assertThat(answer.assumedRoleUser().assumedRoleId()).endsWith(":me@home");
    assertThat(answer.credentials().expiration())
        .isBetween(Instant.now().plusSeconds(600), Instant.now().plusSeconds(900));
    assertThat(arnOf(LoopbackScenario.sdk(answer.credentials()))).isEqualTo(arn);
    assertThat(aws.secrets())
        .contains(answer.credentials().secretAccessKey(), answer.credentials().sessionToken());
  }

  @Test
  void assumeRole_ofAChain_lastsAnHourAtMost() {
    aws.add(OTHER.maxSession(Duration.ofHours(12)));
    AwsCredentials deploy =
        LoopbackScenario.sdk(assume(LoopbackScenario.alice(), DEPLOY, request -> {}).credentials());

    assertThat(arnOf(LoopbackScenario.sdk(assume(deploy, OTHER, request -> {}).credentials())))
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/Other/me@home");
    assertFails(
        400,
        "ValidationError",
        "1 hour session limit for roles assumed by role chaining",
        () -> assume(deploy, OTHER, request -> request.durationSeconds(3601)));
  }

  @Test
  void sessionOfAUser_assumesRolesForAnHourAtMost_andIsNoRoot() {
    aws.add(DEPLOY.maxSession(Duration.ofHours(12)));
    String task = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    try (StsClient own = sts(LoopbackScenario.alice())) {
      AwsCredentials session = LoopbackScenario.sdk(own.getSessionToken().credentials());

      assertThat(assume(session, DEPLOY, request -> request.durationSeconds(3600))).isNotNull();
      assertFails(
          400,
          "ValidationError",
          "1 hour session limit for roles assumed by role chaining",
          () -> assume(session, DEPLOY, request -> request.durationSeconds(3601)));
      assertThat(
              assume(LoopbackScenario.alice(), DEPLOY, request -> request.durationSeconds(28_800)))
          .isNotNull();
      try (StsClient sts = sts(session)) {
        assertFails(
            403,
            "AccessDenied",
            "sts:AssumeRoot",
            () ->
                sts.assumeRoot(request ->
                    request
                        .targetPrincipal("444455556666")
                        .taskPolicyArn(policy -> policy.arn(task))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"899, greater than or equal to 900", "129601, less than or equal to 129600"})
  void getSessionToken_forAnImpossibleDuration_isInvalid(int seconds, String message) {
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      assertFails(
          400,
          "ValidationError",
          message,
          () -> sts.getSessionToken(request -> request.durationSeconds(seconds)));
    }
  }

  @Test
  void assumeRole_thatDoesNotTrustOrIsNotThere_isDenied() {
    String denied =
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole"
            + " on resource: ";
    assertFails(
        403,
        "AccessDenied",
        denied + OTHER.arn(),
        () -> assume(LoopbackScenario.alice(), OTHER, any -> {}));
    Role none = Role.of(LoopbackScenario.ACCOUNT, "None");
    assertFails(
        403,
        "AccessDenied",
        denied + none.arn(),
        () -> assume(LoopbackScenario.alice(), none, any -> {}));
  }

  @ParameterizedTest
  @CsvSource({"right, true", "wrong, false", ", false"})
  void assumeRole_withAnExternalId_isForThoseWhoSayIt(String said, boolean works) {
    Role role = DEPLOY.externalId("right");
    aws.add(role);

    if (works) {
      assertThat(assume(LoopbackScenario.alice(), role, request -> request.externalId(said)))
          .isNotNull();
    } else {
      assertFails(
          403,
          "AccessDenied",
          "sts:AssumeRole",
          () -> assume(LoopbackScenario.alice(), role, request -> request.externalId(said)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "899, Member must have value greater than or equal to 900",
    "43201, Member must have value less than or equal to 43200",
    "3601, The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  })
  void assumeRole_forAnImpossibleDuration_isInvalid(int seconds, String message) {
    assertFails(
        400,
        "ValidationError",
        message,
        () ->
            assume(LoopbackScenario.alice(), DEPLOY, request -> request.durationSeconds(seconds)));
  }

  @Test
  void assumeRole_withABadSessionName_isInvalid() {
    assertFails(
        400,
        "ValidationError",
        "roleSessionName",
        () -> assume(LoopbackScenario.alice(), DEPLOY, request -> request.roleSessionName("a b")));
  }

  @Test
  void assumeRole_withTransitiveTags_keepsThemThroughTheChain() {
    Tag team = Tag.builder().key("team").value("a & b").build();
    AwsCredentials deploy =
        LoopbackScenario.sdk(
            assume(
                    LoopbackScenario.alice(),
                    DEPLOY,
                    request -> request.tags(team).transitiveTagKeys("team"))
                .credentials());

    String keyId = deploy.accessKeyId();
    assertThat(aws.credential(keyId).orElseThrow().principal().transitiveTags())
        .containsEntry("team", "a & b");
    assertFails(
        400,
        "ValidationError",
        "conflicts with a transitive tag key",
        () -> assume(deploy, OTHER, request -> request.tags(team)));
    assertFails(
        400,
        "ValidationError",
        "must be included in the requested tags",
        () ->
            assume(LoopbackScenario.alice(), DEPLOY, request -> request.transitiveTagKeys("none")));
  }

  @Test
  void assumeRole_withTagsWhereNoneMayBe_isDenied() {
    aws.add(DEPLOY.withoutTags());

    assertFails(
        403,
        "AccessDenied",
        "sts:TagSession",
        () ->
            assume(
                LoopbackScenario.alice(),
                DEPLOY,
                request -> request.tags(Tag.builder().key("k").value("v").build())));
  }

  @Test
  void assumeRole_withASourceIdentity_keepsItThroughTheChain() {
    AssumeRoleResponse first =
        assume(LoopbackScenario.alice(), DEPLOY, request -> request.sourceIdentity("alice"));
    AwsCredentials deploy = LoopbackScenario.sdk(first.credentials());

    assertThat(first.sourceIdentity()).isEqualTo("alice");
    assertThat(assume(deploy, OTHER, request -> {}).sourceIdentity()).isEqualTo("alice");
    assertFails(
        403,
        "AccessDenied",
        "sts:AssumeRole",
        () -> assume(deploy, OTHER, request -> request.sourceIdentity("bob")));
  }

  @Test
  void session_thatHasExpired_isAnExpiredToken() {
    AwsCredentials deploy =
        LoopbackScenario.sdk(aws.session(DEPLOY, "me", Duration.ofSeconds(-1)).key());

    assertFails(
        403,
        "ExpiredToken",
        "The security token included in the request is expired",
        () -> arnOf(deploy));
  }

  @Test
  void key_thatIsTakenAway_isNotKnown() {
    assertThat(arnOf(LoopbackScenario.alice())).isEqualTo(LoopbackScenario.ALICE);
    aws.revoke(LoopbackScenario.KEY.id());

    assertFails(
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        () -> arnOf(LoopbackScenario.alice()));
  }

  @Test
  void getSessionToken_withTheRightCode_makesASessionThatHasShownIt() {
    aws.add(DEPLOY.needingMfa());
    IamUser user = LoopbackScenario.USER.mfa("seed");
    MfaDevice device = Objects.requireNonNull(user.mfa());
    Instant now = Instant.parse("2025-01-15T12:00:00Z");
    String code = device.code(now);
    assertThat(code).matches("\\d{6}");
    assertFails(
        403,
        "AccessDenied",
        "sts:AssumeRole",
        () -> assume(LoopbackScenario.alice(), DEPLOY, any -> {}));
    // The SDK signs with the system's clock.
    Instant real = Instant.now();
    aws.clock(Clock.fixed(real, ZoneOffset.UTC));
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      AwsCredentials session =
          LoopbackScenario.sdk(
              sts.getSessionToken(
                      request -> request.serialNumber(device.serial()).tokenCode(device.code(real)))
                  .credentials());

      assertThat(arnOf(session)).isEqualTo(LoopbackScenario.ALICE);
      assertThat(assume(session, DEPLOY, any -> {})).isNotNull();
      assertFails(
          403,
          "AccessDenied",
          "invalid MFA one time pass code",
          () ->
              sts.getSessionToken(
                  request -> request.serialNumber(device.serial()).tokenCode(device.code(real))));
      try (StsClient again = sts(session)) {
        assertFails(
            403,
            "AccessDenied",
            "Cannot call GetSessionToken with session credentials",
            again::getSessionToken);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:mfa/alice, wrong, 403, AccessDenied, invalid MFA one time pass",
    "arn:aws:iam::111122223333:mfa/bob, 000000, 403, AccessDenied, verify your MFA serial number",
    "arn:aws:iam::111122223333:mfa/alice, , 403, AccessDenied, must provide both",
    "arn:aws:iam::111122223333:mfa/alice, abcdef, 400, ValidationError, tokenCode",
  })
  void getSessionToken_withAWrongCode_isRefused(
      String serial, String code, int status, String error, String message) {
    // Three codes are right at any time; the wrong one is none of them.
    MfaDevice device = new MfaDevice(serial, "seed");
    Instant now = Instant.now();
    aws.clock(Clock.fixed(now, ZoneOffset.UTC));
    List<String> due =
        List.of(
            device.code(now.minusSeconds(30)), device.code(now), device.code(now.plusSeconds(30)));
    String wrong =
        Stream.of("000000", "111111", "222222", "333333")
            .filter(each -> !due.contains(each))
            .findFirst()
            .orElseThrow();
    String sent = "wrong".equals(code) ? wrong : code;
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      assertFails(
          status,
          error,
          message,
          () -> sts.getSessionToken(request -> request.serialNumber(serial).tokenCode(sent)));
    }
  }

  @Test
  void assumeRoot_withATask_isTheRootForAQuarterOfAnHour() {
    String task = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      var answer =
          sts.assumeRoot(request ->
              request.targetPrincipal("444455556666").taskPolicyArn(arn -> arn.arn(task)));

      assertThat(arnOf(LoopbackScenario.sdk(answer.credentials())))
          .isEqualTo("arn:aws:iam::444455556666:root");
      assertFails(
          400,
          "ValidationError",
          "durationSeconds",
          () ->
              sts.assumeRoot(request ->
                  request
                      .targetPrincipal("444455556666")
                      .durationSeconds(901)
                      .taskPolicyArn(arn -> arn.arn(task))));
      assertFails(
          403,
          "AccessDenied",
          "Roles may not be assumed by root accounts.",
          () -> assume(LoopbackScenario.sdk(answer.credentials()), DEPLOY, any -> {}));
    }
  }

  @Test
  void assumeRoleWithWebIdentity_withATokenOfTheIssuer_givesASession() {
    Role role =
        Role.of(LoopbackScenario.ACCOUNT, "Ci")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/app:*");
    aws.add(role);
    String good =
        aws.webIdentityToken("repo:acme/app:main", "sts.amazonaws.com", Duration.ofMinutes(5));
    String old =
        aws.webIdentityToken("repo:acme/app:main", "sts.amazonaws.com", Duration.ofMinutes(-5));
    String stranger =
        aws.webIdentityToken("repo:evil/app:main", "sts.amazonaws.com", Duration.ofMinutes(5));
    String elsewhere = aws.webIdentityToken("repo:acme/app:main", "vault", Duration.ofMinutes(5));

    var answer = withWebIdentity(role, good);

    assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("repo:acme/app:main");
    assertThat(arnOf(LoopbackScenario.sdk(answer.credentials())))
        .isEqualTo("arn:aws:sts::111122223333:assumed-role/Ci/job");
    assertThatExceptionOfType(ExpiredTokenException.class)
        .isThrownBy(() -> withWebIdentity(role, old));
    assertFails(
        403,
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        () -> withWebIdentity(role, stranger));
    for (String bad : new String[] {elsewhere, good + "x", "a.b.c", "nothing"}) {
      assertThatExceptionOfType(InvalidIdentityTokenException.class)
          .isThrownBy(() -> withWebIdentity(role, bad));
    }
  }

  private AssumeRoleWithWebIdentityResponse withWebIdentity(Role role, String token) {
    try (StsClient sts = sts(LoopbackScenario.alice())) {
      return sts.assumeRoleWithWebIdentity(
          request -> request.roleArn(role.arn()).roleSessionName("job").webIdentityToken(token));
    }
  }
}
