package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutScope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.TestYaml;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  private final SignInTestContext desk = new SignInTestContext().config(CONFIG);
  private LoopbackAws aws;
  private IdentityCenterInstance center;

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
        .isEqualTo("identity 'prod' needs a sign-in: not signed in to 'corp'");
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
  void refreshToken_thatIsRefused_isDropped_andOtherSessionsStay() {
    String other = "https://other.awsapps.com/start";
    aws.identityCenter(other, "us-east-1")
        .autoAllow("ann", 0)
        .assign("ann", "111111111111", "x", "Admin");
    desk.config(CONFIG.replace(START_URL + "/#/", other).replace("{name: data}", "{name: x}"));
    desk.signIn("dev");
    desk.signIn("other");
    center.revokeSessions();
    desk.context().clock().advance(Duration.ofHours(2));
    int before = aws.count(Operation.CREATE_TOKEN);

    for (int i = 0; i < 3; i++) {
      AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.silent("dev"));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
      assertThat(failure.hint()).contains("run: atmos auth login dev");
    }

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(before + 1);
    assertThat(desk.silent("other").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(desk.visitor().visited()).hasSize(2);
  }

  static List<Arguments> passing() {
    List<Fault> faults =
        List.of(
            Fault.error(429, "TooManyRequestsException", "Rate exceeded"),
            Fault.unavailable(),
            Fault.error(503, "ServiceUnavailable", "later"),
            Fault.reset());
    List<Arguments> all = new ArrayList<>();
    for (Operation operation :
        List.of(
            Operation.REGISTER_CLIENT,
            Operation.START_DEVICE_AUTHORIZATION,
            Operation.CREATE_TOKEN,
            Operation.GET_ROLE_CREDENTIALS)) {
      for (int i = 0; i < faults.size(); i++) {
        all.add(Arguments.of(operation, i, faults.get(i)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("passing")
  void failure_thatMayPass_isNotTheEndOfASignIn(Operation operation, int number, Fault fault) {
    center.autoAllow("ann", 0);
    aws.failNext(operation, fault, fault);

    assertThat(desk.signIn("dev").origin()).isEqualTo(Session.Origin.SIGNED_IN);

    assertThat(aws.count(operation)).isEqualTo(3);
    assertThat(desk.visitor().visited()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTER_CLIENT, 400, invalid_client_metadata, 1",
    "REGISTER_CLIENT, 403, Forbidden, 5",
    "START_DEVICE_AUTHORIZATION, 400, invalid_request, 1",
    "CREATE_TOKEN, 400, invalid_grant, 1",
    "GET_ROLE_CREDENTIALS, 400, InvalidRequestException, 1",
    "GET_ROLE_CREDENTIALS, 403, ForbiddenException, 5",
    "GET_ROLE_CREDENTIALS, 404, ResourceNotFoundException, 5"
  })
  void failure_thatStays_isNotTriedAgain(Operation operation, int status, String code, int exit) {
    center.autoAllow("ann", 0);
    aws.failAlways(operation, Fault.error(status, code, "no"));

    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.signIn("dev"));

    assertThat(failure.exitCode().code()).isEqualTo(exit);
    assertThat(aws.count(operation)).isEqualTo(1);
  }

  @Test
  void failure_thatDoesNotPass_isTriedAFewTimes() {
    desk.signIn("dev");
    aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.unavailable());

    AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.silent("other"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isBetween(3, 5);
  }

  /** Of the API, in seconds by mistake, and what no clock shows. */
  @ParameterizedTest
  @CsvSource({
    "1736946000000, 2025-01-15T13:00:00Z",
    "1736946000, 2025-01-15T13:00:00Z",
    "0, ",
    "-1, ",
    "-9223372036854775808, ",
    "9223372036854775807, 2025-01-16T00:00:02Z"
  })
  void roleCredentials_byTheirEnd_areUsedOrRefused(String expiration, @Nullable Instant expected) {
    desk.signIn("other");
    String answer =
        "{\"roleCredentials\":{\"accessKeyId\":\"ASIAONE\",\"secretAccessKey\":\"s\","
            + "\"sessionToken\":\"t\",\"expiration\":"
            + expiration
            + "}}";
    aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.raw(200, Map.of(), answer));
    if (expected == null) {
      AtmosException failure = catchThrowableOfType(AtmosException.class, () -> desk.silent("dev"));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      return;
    }
    assertThat(desk.silent("dev").credentials().expiresAt()).isEqualTo(expected);
    assertThat(desk.silent("dev").origin()).isEqualTo(Session.Origin.KEPT);
  }

  @ParameterizedTest
  @CsvSource({"3600, 3600", "-1, 3600", "0, 3600", "2147483647, 2147483647", "null, 3600"})
  void accessToken_byItsLifetime_isKept(String expiresIn, long seconds) {
    aws.failAlways(
        Operation.CREATE_TOKEN,
        Fault.raw(200, Map.of(), "{\"accessToken\":\"canary\",\"expiresIn\":" + expiresIn + "}"));

    ProviderSession session =
        desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false));

    assertThat(session.expiresAt())
        .isEqualTo(desk.context().clock().instant().plusSeconds(seconds));
    assertThat(desk.sessions().signInToProvider("corp", new SignInOptions(desk.visitor(), false)))
        .extracting(ProviderSession::origin)
        .isEqualTo(Session.Origin.KEPT);
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
    assertThat(desk.context().sleeper().taken().stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofSeconds(15));

    desk.sessions().logout(desk.sessions().plan(new LogoutScope.OfProvider("corp")));
    assertThat(desk.context().files().exists(file)).isFalse();
  }
}
