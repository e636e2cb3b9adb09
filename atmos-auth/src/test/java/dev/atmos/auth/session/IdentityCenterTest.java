package dev.atmos.auth.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.testing.YamlConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private final SignInTestContext context = new SignInTestContext().config(CONFIG);
  private LoopbackAws aws;
  private IdentityCenterInstance center;

  @BeforeEach
  void start() throws IOException {
    aws = LoopbackAws.start(context.services().clock());
    center = aws.identityCenter(START_URL, "us-east-1").autoAllow("ann", 1);
    center.assign("ann", "111111111111", "dev account", "Admin");
    center.assign("ann", "333333333333", "data", "Admin");
    aws.add(Role.of("222222222222", "Deploy").trusting(center.roleArn("111111111111", "Admin")));
    context.set("AWS_ENDPOINT_URL", aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void signIn_ofAPermissionSet_asksOnceAndIsKept() {
    Session session = context.signIn("dev");

    assertThat(session.origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(session.description().account()).contains("111111111111");
    assertThat(session.description().principal()).contains("Admin");
    assertThat(session.region()).contains("us-east-1");
    assertThat(session.provider()).isEqualTo("corp");
    assertThat(context.dialog().visited()).hasSize(1);
    assertThat(context.dialog().waiting()).isZero();
    assertThat(context.silent("dev").credentials()).isEqualTo(session.credentials());
    assertThat(context.silent("dev").origin()).isEqualTo(Session.Origin.CACHED);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  @Test
  void signIn_ofAnotherProviderOfTheSameStartUrl_asksForNoSignIn() {
    context.signIn("dev");

    Session session = context.silent("other");

    assertThat(session.origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(session.region()).contains("eu-west-1");
    assertThat(context.dialog().visited()).hasSize(1);
  }

  @Test
  void sessions_ofTwoPeople_areApart() {
    context.config(
        CONFIG.replace(
            "start_url: " + START_URL + "/#/,", "start_url: " + START_URL + ", session: ann,"));
    context.signIn("dev");

    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.silent("other"));
    assertThat(failure.sentence()).contains("not signed in to 'twin'");
    context.signIn("other");

    assertThat(context.dialog().visited()).hasSize(2);
    context.sessions().logout(context.sessions().plan(new LogoutScope.OfProvider("twin"), false));
    assertThat(context.isSignedInTo("corp")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void portal_thatTheRegionDoesNotKnow_isNamedWithItsPlace(boolean local) {
    context.dialog().withLocalBrowser(local);
    context.config(CONFIG.replace("acme.awsapps.com/start,", "acne.awsapps.com/start,"));

    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.signIn("dev"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.sentence())
        .startsWith(
            "atmos.yaml:3:43: AWS knows no Identity Center 'https://acne.awsapps.com/start' in"
                + " us-east-1\n");
    assertThat(failure.hint()).contains("check the start URL and the region of 'corp'");
  }

  @Test
  void silent_ofARoleBehindAPermissionSet_goesThroughBoth() {
    context.signIn("dev");

    Session session = context.silent("prod");

    assertThat(session.description().account()).contains("222222222222");
    assertThat(session.provider()).isEqualTo("corp");
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
    assertThat(context.silent("prod").origin()).isEqualTo(Session.Origin.CACHED);
  }

  @Test
  void silent_beforeAnySignIn_saysWhatToType() {
    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.silent("prod"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(failure.sentence())
        .isEqualTo("identity 'prod' needs a sign-in: not signed in to 'corp'");
    assertThat(failure.hint()).contains("run: atmos auth login prod");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void silent_withRoleCredentialsThatExpire_makesNewOnes() {
    context.signIn("dev");
    context.services().clock().advance(Duration.ofMinutes(56));

    // The access token lives an hour as well: both are renewed without a question.
    assertThat(context.silent("dev").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(2);
    assertThat(context.dialog().visited()).hasSize(1);
    context.services().clock().advance(Duration.ofMinutes(56));
    // With the refresh token that the first renewal has brought.
    assertThat(context.silent("dev").origin()).isEqualTo(Session.Origin.RENEWED);
  }

  @Test
  void silent_withARevokedAccessToken_refreshesOnce() {
    context.signIn("dev");
    center.revokeAccessTokens();

    assertThat(context.silent("other").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.dialog().visited()).hasSize(1);
  }

  @Test
  void signIn_withARevokedSession_healsWithOneMoreSignIn() {
    context.signIn("dev");
    center.revokeSessions();

    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.silent("other"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
    assertThat(context.signIn("other").origin()).isEqualTo(Session.Origin.SIGNED_IN);
    assertThat(context.dialog().visited()).hasSize(2);
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
  }

  @Test
  void refreshToken_thatIsRefused_isDropped_andOtherSessionsStay() {
    String other = "https://other.awsapps.com/start";
    aws.identityCenter(other, "us-east-1")
        .autoAllow("ann", 0)
        .assign("ann", "111111111111", "x", "Admin");
    context.config(CONFIG.replace(START_URL + "/#/", other).replace("{name: data}", "{name: x}"));
    context.signIn("dev");
    context.signIn("other");
    center.revokeSessions();
    context.services().clock().advance(Duration.ofHours(2));
    int before = aws.count(Operation.CREATE_TOKEN);

    for (int i = 0; i < 3; i++) {
      AtmosException failure =
          catchThrowableOfType(AtmosException.class, () -> context.silent("dev"));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.SIGN_IN_REQUIRED);
      assertThat(failure.hint()).contains("run: atmos auth login dev");
    }

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(before + 1);
    assertThat(context.silent("other").origin()).isEqualTo(Session.Origin.RENEWED);
    assertThat(context.dialog().visited()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE_TOKEN, 400, invalid_grant, 1",
    "GET_ROLE_CREDENTIALS, 403, ForbiddenException, 5"
  })
  void failure_thatStays_isNotTriedAgain(Operation operation, int status, String code, int exit) {
    center.autoAllow("ann", 0);
    aws.failAlways(operation, Fault.error(status, code, "no"));

    AtmosException failure =
        catchThrowableOfType(AtmosException.class, () -> context.signIn("dev"));

    assertThat(failure.exitCode().code()).isEqualTo(exit);
    assertThat(aws.count(operation)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1736946000000, 2025-01-15T13:00:00Z", "0, "})
  void roleCredentials_byTheirEnd_areUsedOrRefused(String expiration, @Nullable Instant expected) {
    context.signIn("other");
    String answer =
        "{\"roleCredentials\":{\"accessKeyId\":\"ASIAONE\",\"secretAccessKey\":\"s\","
            + "\"sessionToken\":\"t\",\"expiration\":"
            + expiration
            + "}}";
    aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.raw(200, Map.of(), answer));
    if (expected == null) {
      AtmosException failure =
          catchThrowableOfType(AtmosException.class, () -> context.silent("dev"));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      return;
    }
    assertThat(context.silent("dev").credentials().expiresAt()).isEqualTo(expected);
    assertThat(context.silent("dev").origin()).isEqualTo(Session.Origin.CACHED);
  }

  @ParameterizedTest
  @CsvSource({"3600, 3600", "-1, 3600", "0, 3600", "2147483647, 2147483647", "null, 3600"})
  void accessToken_byItsLifetime_isKept(String expiresIn, long seconds) {
    aws.failAlways(
        Operation.CREATE_TOKEN,
        Fault.raw(200, Map.of(), "{\"accessToken\":\"canary\",\"expiresIn\":" + expiresIn + "}"));

    Sessions.ProviderSession session =
        context.sessions().signInToProvider("corp", new SignInOptions(context.dialog(), false));

    assertThat(session.expiresAt())
        .isEqualTo(context.services().clock().instant().plusSeconds(seconds));
    assertThat(
            context.sessions().signInToProvider("corp", new SignInOptions(context.dialog(), false)))
        .extracting(Sessions.ProviderSession::origin)
        .isEqualTo(Session.Origin.CACHED);
  }

  @Test
  void discovery_whereConfigured_writesIdentities_untilTheLogout() throws IOException {
    center.assign("ann", "555555555555", "data", "A \"q\"");
    context.config(
        CONFIG.replace(
            "region: us-east-1}", "region: us-east-1, auto_provision_identities: true}"));

    signInToCorp();
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).as("a sign-in lists nothing").isZero();
    context.sessions().listIdentities("corp", false);

    Path file = listed();
    ConfigMap identities =
        YamlConfig.root(
                new String(context.services().files().read(file, 1 << 20).orElseThrow(), UTF_8))
            .map("auth")
            .flatMap(auth -> auth.map("identities"))
            .orElseThrow();
    assertThat(identities.keys())
        .containsExactlyInAnyOrder(
            "dev account/Admin", "data-333333333333/Admin", "data-555555555555/A \"q\"");
    assertThat(context.services().console().said()).contains("Provider 'corp' offers 3 identities");

    context.sessions().logout(context.sessions().plan(new LogoutScope.OfProvider("corp"), false));
    assertThat(context.services().files().exists(file)).isFalse();
  }

  private void signInToCorp() {
    context.sessions().signInToProvider("corp", new SignInOptions(context.dialog(), false));
  }

  private Path listed() {
    Path home = context.services().directories().home().orElseThrow();
    return home.resolve(".cache/atmos/auth/corp/provisioned-identities.yaml");
  }

  /** Signed in to a provider that lists, whose lists AWS was asked for once. */
  private void listedOnce() {
    context.config(
        CONFIG.replace(
            "region: us-east-1}", "region: us-east-1, auto_provision_identities: true}"));
    signInToCorp();
    context.sessions().listIdentities("corp", false);
  }

  private String said() {
    return context.services().console().said().strip();
  }

  @ParameterizedTest
  @CsvSource({"59, false, 1", "59, true, 2", "60, false, 2", "-5, false, 2"})
  void list_isMadeAgain_afterAnHourOrWhereTheUserAsks(int minutes, boolean all, int lists) {
    listedOnce();
    context.services().clock().advance(Duration.ofMinutes(minutes));

    context.sessions().listIdentities("corp", all);

    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isEqualTo(lists);
  }

  @Test
  void list_thatHasChanged_saysWhatIsNewAndWhatIsGone() {
    listedOnce();
    center.unassign("ann", "333333333333");
    for (int i = 1; i <= 7; i++) {
      center.assign("ann", "44444444444" + i, "team " + i, "View");
    }

    context.sessions().listIdentities("corp", true);
    context.sessions().listIdentities("corp", true);

    assertThat(said())
        .endsWith(
            "Provider 'corp' offers 2 identities\n"
                + "Provider 'corp' offers 8 identities; new: team 1/View, team 2/View, team 3/View,"
                + " team 4/View, team 5/View and 2 more; no longer: data/Admin");
  }

  @Test
  void list_thatIsInterrupted_goesOnWhereItWas_andTakesNothingAway() throws IOException {
    listedOnce();
    byte[] before = context.services().files().read(listed(), 1 << 20).orElseThrow();
    for (int i = 0; i < 20; i++) {
      center.assign("ann", String.valueOf(500_000_000_000L + i), "more " + i, "A b", "C%");
    }
    int roles = aws.count(Operation.LIST_ACCOUNT_ROLES);
    aws.onCall(call -> {
      if (aws.count(Operation.LIST_ACCOUNT_ROLES) == roles + 15) {
        aws.failAlways(
            Operation.LIST_ACCOUNT_ROLES, Fault.error(400, "InvalidRequestException", "no"));
      }
    });

    context.services().clock().advance(Duration.ofHours(1));
    context.sessions().listIdentities("corp", false);

    assertThat(said())
        .contains("The identities of 'corp' were not updated after ")
        .contains(" of 22 (the next atmos auth login goes on there): ");
    assertThat(context.services().files().read(listed(), 1 << 20)).contains(before);

    aws.onCall(call -> {}).heal(Operation.LIST_ACCOUNT_ROLES);
    int failed = aws.count(Operation.LIST_ACCOUNT_ROLES);
    context.sessions().listIdentities("corp", false);

    assertThat(aws.count(Operation.LIST_ACCOUNT_ROLES) - failed).isBetween(1, 15);
    assertThat(said()).contains("Provider 'corp' offers 42 identities; new: more 0/A b, more 0/C%");
    assertThat(
            context.services().files().exists(listed().resolveSibling("unfinished-identities.txt")))
        .isFalse();
  }

  @Test
  void list_ofAnotherPortalOfThatName_isNotTakenForThisOnes() {
    listedOnce();
    context.config(
        CONFIG
            .replace(START_URL, "https://other.awsapps.com/start")
            .replace("region: us-east-1}", "region: us-east-1, auto_provision_identities: true}"));
    aws.identityCenter("https://other.awsapps.com/start", "us-east-1")
        .autoAllow("bob", 1)
        .assign("bob", "999999999999", "theirs", "Admin");
    signInToCorp();

    context.sessions().listIdentities("corp", false);

    assertThat(said()).endsWith("Provider 'corp' offers 1 identity");
  }

  @Test
  void list_withoutASignIn_saysNothing() {
    context.config(
        CONFIG.replace(
            "region: us-east-1}", "region: us-east-1, auto_provision_identities: true}"));

    context.sessions().listIdentities("corp", true);

    assertThat(said()).isEmpty();
    assertThat(aws.calls()).isEmpty();
  }
}
