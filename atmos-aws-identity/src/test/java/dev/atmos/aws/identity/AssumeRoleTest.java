package dev.atmos.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code aws/assume-role}, {@code aws/assume-root} and {@code github/oidc}, with the SDK's STS. */
class AssumeRoleTest {
  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String ROLE = "arn:aws:iam::222222222222:role/Deploy";
  private static final String DEPLOY =
      """
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
  private static final String BARE =
      "{kind: aws/assume-role, principal: {assume_role: " + ROLE + "}}";
  private static final String ROOT =
      """
      kind: aws/assume-root
      via: {identity: me}
      principal:
        target_principal: "333333333333"
        task_policy_arn: arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials
        duration: 1h
      """;

  private final KindScenario scenario = new KindScenario();
  private LoopbackAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(scenario.services().clock());
    aws.add(IamUser.of("111111111111", "me").key(KEY_ID, KindScenario.SECRET));
    aws.add(
        Role.of("222222222222", "Deploy")
            .trusting("arn:aws:iam::111111111111:user/me")
            .externalId("xyz-1"));
    scenario.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private AwsCredentials assume(String yaml, Grant input) {
    return KindScenario.credentials(
        scenario.identity("deploy", yaml), new FakeRequest().withInput(input));
  }

  private static AwsCredentials me() {
    return KindScenario.key(KEY_ID);
  }

  private String lastBody(Operation operation) {
    return aws.calls(operation).get(aws.count(operation) - 1).body();
  }

  @Test
  void role_withCredentials_isAssumedWithAllOfItsFields() {
    AwsCredentials credentials = assume(DEPLOY, me());

    assertThat(credentials.expiresAt()).isEqualTo("2025-01-15T12:30:00Z");
    assertThat(lastBody(Operation.ASSUME_ROLE))
        .contains("RoleSessionName=A_b-c--.x")
        .contains("ExternalId=xyz-1")
        .contains("SourceIdentity=ann")
        .contains("Tags.member.1.Key=team&Tags.member.1.Value=core")
        .contains("DurationSeconds=1800");
    assertThat(scenario.identity("deploy", DEPLOY).region()).contains("eu-west-1");
  }

  @Test
  void role_withoutOptionalFields_isAssumedWithoutThem() {
    aws.add(Role.of("222222222222", "Deploy").trusting("arn:aws:iam::111111111111:user/me"));
    String empty =
        "{kind: aws/assume-role, principal: {assume_role: "
            + ROLE
            + ", session_name: '', external_id: !env X, source_identity: '', duration: '',"
            + " region: ''}}";

    assertThat(assume(BARE, me()).expiresAt()).isEqualTo("2025-01-15T13:00:00Z");
    String body = lastBody(Operation.ASSUME_ROLE);
    assertThat(body)
        .contains("RoleSessionName=atmos-deploy-1736942400")
        .doesNotContain("ExternalId", "SourceIdentity", "Tags", "DurationSeconds");
    assume(empty, me());
    assertThat(lastBody(Operation.ASSUME_ROLE)).isEqualTo(body);
  }

  @Test
  void role_withTheWrongExternalId_isDenied() {
    assertThat(
            KindScenario.message(
                ExitCode.DENIED, () -> assume(DEPLOY.replace("xyz-1", "xyz-2"), me())))
        .startsWith("could not assume " + ROLE + " for identity 'deploy': AccessDenied");
  }

  @Test
  void role_withAKeyThatAwsDoesNotKnow_refusesItsInput() {
    AwsCredentials unknown = KindScenario.key("AKIAUNKNOWN");

    GrantRefusedException refused =
        catchThrowableOfType(GrantRefusedException.class, () -> assume(DEPLOY, unknown));

    assertThat(refused.sentence())
        .contains("InvalidClientTokenId")
        .doesNotContain(KindScenario.SECRET);
  }

  @Test
  void role_withoutAnInput_namesVia() {
    assertThat(
            KindScenario.message(
                ExitCode.USAGE, () -> scenario.identity("deploy", DEPLOY).grant(new FakeRequest())))
        .startsWith(
            "atmos.yaml:2:1: identity 'deploy' is of kind aws/assume-role, which needs an identity,"
                + " or a provider of web identities, in 'via'");
  }

  @Test
  void role_withADurationOfTheWrongForm_isRefusedWithItsPosition() {
    assertThat(
            KindScenario.message(ExitCode.USAGE, () -> assume(DEPLOY.replace("30m", "soon"), me())))
        .startsWith("atmos.yaml:9:3: 'duration' must be ");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void endpointOfAnUntrustedFile_isNotCalled() {
    scenario.distrusting();

    assertThat(
            KindScenario.message(
                ExitCode.USAGE,
                () -> assume(DEPLOY + "spec: {endpoint_url: https://evil.example.com}\n", me())))
        .isEqualTo("the file is not trusted");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void endpoint_ofATrustedFile_isCalledInPlaceOfTheVariables() {
    scenario.set("AWS_ENDPOINT_URL", "http://localhost:1");

    assertThat(assume(DEPLOY + "spec: {endpoint_url: " + aws.url() + "}\n", me()).sessionToken())
        .isNotNull();
  }

  @Test
  void root_ofAMemberAccount_isAssumedForATask() {
    aws.allow("arn:aws:iam::111111111111:user/me", Operation.ASSUME_ROOT);

    AwsCredentials credentials = assume(ROOT, me());

    assertThat(credentials.expiresAt()).isEqualTo("2025-01-15T12:15:00Z");
    assertThat(lastBody(Operation.ASSUME_ROOT)).contains("TargetPrincipal=333333333333");
    assertThat(scenario.services().console().said())
        .isEqualTo("The session of 'deploy' lasts 15 minutes, the longest that AWS allows\n");
  }

  @Test
  void root_withAToken_namesVia() {
    Token token = Token.of(Token.WEB_IDENTITY, Secret.of("t"), null);

    assertThat(KindScenario.message(ExitCode.USAGE, () -> assume(ROOT, token)))
        .contains("which needs an identity in 'via'");
  }

  @Test
  void job_ofGithub_assumesARole() {
    aws.add(
        Role.of("222222222222", "Deploy")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/app:*"));
    aws.metadata().job("repo:acme/app:ref:refs/heads/main");
    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, this::jobToken))
        .isEqualTo(
            "provider 'gh' can't get a token for this job: ACTIONS_ID_TOKEN_REQUEST_URL is not set"
                + " | in a workflow of GitHub Actions, allow it with: permissions: id-token:"
                + " write");
    assertThat(KindScenario.providerType("github/oidc").unavailable(scenario.services()))
        .isPresent();
    scenario.set("ACTIONS_ID_TOKEN_REQUEST_URL", aws.metadata().jobUrl());
    assertThat(KindScenario.providerType("github/oidc").unavailable(scenario.services())).isEmpty();
    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, this::jobToken))
        .contains("ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set");
    scenario.set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", aws.metadata().jobToken());

    assertThat(assume(BARE, jobToken()).sessionToken()).isNotNull();
    assertThat(scenario.services().console().said()).isEmpty();

    assume(DEPLOY, jobToken());
    assertThat(scenario.services().console().said())
        .contains("The external id, source identity and session tags of 'deploy' are not sent");
  }

  private Token jobToken() {
    return (Token) scenario.provider("gh", "{kind: github/oidc}").grant(new FakeRequest());
  }

  @Test
  void token_thatIsThereAlready_isUsed() {
    scenario.set("ACTIONS_ID_TOKEN", "ready");

    assertThat(jobToken()).isEqualTo(Token.of(Token.WEB_IDENTITY, Secret.of("ready"), null));
  }

  @Test
  void requestUrl_thatOthersCouldRead_isNotAsked() {
    scenario
        .set("ACTIONS_ID_TOKEN_REQUEST_URL", "http://example.com/token")
        .set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "secret");

    assertThat(KindScenario.message(ExitCode.USAGE, this::jobToken))
        .contains("ACTIONS_ID_TOKEN_REQUEST_URL is not an https:// URL");
    assertThat(scenario.services().network().asked()).isEmpty();
  }

  @Test
  void caller_ofAnIdentity_isAskedAtItsOwnEndpoint() {
    scenario.set("AWS_ENDPOINT_URL", "http://localhost:1");
    var source = new AwsCaller.Factory().apply(scenario.services());

    for (String place :
        new String[] {
          "spec: {endpoint_url: " + aws.url() + "}",
          "credentials: {aws: {resolver: {url: " + aws.url() + "}}}"
        }) {
      assertThat(source.of(scenario.definition("me", place), me(), null).arn())
          .isEqualTo("arn:aws:iam::111111111111:user/me");
    }
    scenario.set("AWS_ENDPOINT_URL", aws.url());
    assertThat(source.of(null, me(), "eu-west-1").account()).isEqualTo("111111111111");
    AwsCredentials unknown = KindScenario.key("AKIAUNKNOWN");
    assertThat(
            KindScenario.message(ExitCode.SIGN_IN_REQUIRED, () -> source.of(null, unknown, null)))
        .startsWith("could not ask AWS who the environment's credentials belong to: ");
  }

  @Test
  void webIdentity_thatHasExpired_refusesItsInput() {
    aws.add(
        Role.of("222222222222", "Deploy")
            .trustingWebIdentity("sts.amazonaws.com", "repo:acme/app:*"));
    Token token =
        Token.of(
            Token.WEB_IDENTITY,
            Secret.of(
                aws.webIdentityToken("repo:acme/app:x", "sts.amazonaws.com", Duration.ofHours(1))),
            null);
    scenario.services().clock().advance(Duration.ofHours(2));

    assertThat(catchThrowableOfType(GrantRefusedException.class, () -> assume(BARE, token)))
        .isNotNull();
  }
}
