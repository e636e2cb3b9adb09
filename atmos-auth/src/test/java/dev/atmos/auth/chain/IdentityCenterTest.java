package dev.atmos.auth.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.TestYaml;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.IdentityCenter;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.Operation;
import dev.atmos.loopback.aws.Role;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.config.ConfigMap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-ins to an IAM Identity Center, by the SDK's clients. */
class IdentityCenterTest {
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String CONFIG =
      """
      auth:
        providers:
          corp: {kind: aws/iam-identity-center, start_url: %1$s, region: us-east-1}
          twin: {kind: aws/iam-identity-center, start_url: %1$s/#/, region: us-east-1}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111111111111"}}
          other:
            kind: aws/permission-set
            via: {provider: twin}
            principal: {name: Admin, account: {name: data}, region: eu-west-1}
          prod:
            kind: aws/assume-role
            via: {identity: dev}
            principal: {assume_role: arn:aws:iam::222222222222:role/Deploy}
      """
          .formatted(START_URL);

  private final Desk desk = new Desk().config(CONFIG);
  private LoopbackAws aws;
  private IdentityCenter center;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(desk.context().clock());
    center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 1);
    center.assign("ann", "111111111111", "dev account", "Admin");
    center.assign("ann", "333333333333", "data", "Admin");
    aws.add(Role.of("222222222222", "Deploy").trusting(center.roleArn("111111111111", "Admin")));
    desk.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void signIn_ofAPermissionSet_asksOnceAndIsKept() {
    Session session = desk.signIn("dev");

    assertThat(session.origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(session.account()).isEqualTo("111111111111");
    assertThat(session.principal()).isEqualTo("Admin");
    assertThat(session.region()).isEqualTo("us-east-1");
    assertThat(session.provider()).isEqualTo("corp");
    assertThat(desk.visitor().visited()).hasSize(1);
    assertThat(desk.visitor().waiting()).isZero();
    assertThat(desk.silent("dev").credentials()).isEqualTo(session.credentials());
    assertThat(desk.silent("dev").origin()).isEqualTo(Session.Origin.KEPT);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  @Test
  void signIn_ofAnotherProviderOfTheSameStartUrl_needsNobody() {
    desk.signIn("dev");

    Session session = desk.silent("other");

    assertThat(session.origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(session.region()).isEqualTo("eu-west-1");
    assertThat(desk.visitor().visited()).hasSize(1);
  }

  @Test
  void silent_ofARoleBehindAPermissionSet_goesThroughBoth() {
    desk.signIn("dev");

    Session session = desk.silent("prod");

    assertThat(session.account()).isEqualTo("222222222222");
    assertThat(session.provider()).isEqualTo("corp");
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
    assertThat(desk.silent("prod").origin()).isEqualTo(Session.Origin.KEPT);
  }

  @Test
  void silent_beforeAnySignIn_saysWhatToType() {
    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.silent("prod"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("identity 'prod' needs a sign-in: nobody is signed in to 'corp'");
    assertThat(failure.hint()).contains("run: atmos auth login prod");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void silent_withRoleCredentialsThatExpire_makesNewOnes() {
    desk.signIn("dev");
    desk.context().clock().advance(Duration.ofMinutes(56));

    // The access token lives an hour as well: both are renewed, and nobody is asked.
    assertThat(desk.silent("dev").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(2);
    assertThat(desk.visitor().visited()).hasSize(1);
    desk.context().clock().advance(Duration.ofMinutes(56));
    // With the refresh token that the first renewal has brought.
    assertThat(desk.silent("dev").origin()).isEqualTo(Session.Origin.RENEWED);
  }

  @Test
  void silent_withARevokedAccessToken_refreshesOnce() {
    desk.signIn("dev");
    center.revokeAccessTokens();

    assertThat(desk.silent("other").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(desk.visitor().visited()).hasSize(1);
  }

  @Test
  void signIn_withARevokedSession_healsWithOneMoreSignIn() {
    desk.signIn("dev");
    center.revokeSessions();

    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.silent("other"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(desk.signIn("other").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(desk.visitor().visited()).hasSize(2);
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  @Test
  void offers_ofAProviderThatIsToTell_becomeIdentities() throws IOException {
    for (int i = 0; i < 230; i++) {
      center.assign("ann", String.valueOf(400_000_000_000L + i), "team " + i, "Admin", "View");
    }
    center.assign("ann", "555555555555", "data", "A \"q\"");
    aws.failNext(Operation.LIST_ACCOUNT_ROLES, Fault.throttled(), Fault.throttled());
    desk.config(
        CONFIG.replace(
            "region: us-east-1}", "region: us-east-1, auto_provision_identities: true}"));

    desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false));

    Path file =
        desk.context()
            .directories()
            .home()
            .orElseThrow()
            .resolve(".cache/atmos/auth/corp/provisioned-identities.yaml");
    ConfigMap identities =
        TestYaml.root(new String(desk.context().files().read(file, 1 << 20).orElseThrow(), UTF_8))
            .map("auth")
            .flatMap(auth -> auth.map("identities"))
            .orElseThrow();
    assertThat(identities.keys())
        .hasSize(463)
        .contains("dev account/Admin", "team 7/View", "data-333333333333/Admin")
        .contains("data-555555555555/A \"q\"");
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isGreaterThan(1);
    assertThat(desk.context().console().said()).contains("Provider 'corp' offers 463 identities");
    // Fifteen a second, and two more after the throttled ones.
    assertThat(desk.context().pauses().taken().stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofSeconds(15));

    desk.sessions().logout(desk.sessions().plan(new LogoutScope.OfProvider("corp")));
    assertThat(desk.context().files().exists(file)).isFalse();
  }
}
