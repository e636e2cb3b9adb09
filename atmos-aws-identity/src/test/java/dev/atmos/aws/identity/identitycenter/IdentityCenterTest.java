package dev.atmos.aws.identity.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.aws.identity.KindScenario;
import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.testkit.FakeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider and its permission sets, with the SDK's clients. The clock stands at noon. */
class IdentityCenterTest {
  private static final String DEV =
      "{kind: aws/permission-set, via: {provider: corp}, principal: {name: Admin, account: %s}}";
  private static final String BY_ID = DEV.formatted("{id: \"111111111111\", name: ornament}");
  private static final String BY_NAME = DEV.formatted("data");

  private final IdentityCenterScenario scenario = new IdentityCenterScenario();
  private final LoopbackAws aws = scenario.aws();
  private final IdentityCenterInstance center = scenario.center().autoAllow("ann", 1);

  @AfterEach
  void stop() {
    scenario.close();
  }

  private AwsCredentials credentials(String yaml, Token token) {
    return KindScenario.credentials(
        scenario.identity(yaml), new FakeRequest().withInput(token).withRegion("us-east-1"));
  }

  private AwsCredentials signIn(String yaml) {
    return credentials(yaml, scenario.signIn());
  }

  @Test
  void permissionSet_byTheAccountsId_asksForNoName() {
    AwsCredentials credentials = signIn(BY_ID);

    assertThat(credentials.sessionToken()).isNotNull();
    assertThat(credentials.expiresAt()).isEqualTo("2025-01-15T13:00:02Z");
    assertThat(scenario.user().visited()).hasSize(1);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isEqualTo(1);
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isZero();
  }

  @Test
  void permissionSet_byTheAccountsName_findsItsId() {
    assertThat(signIn(BY_NAME).sessionToken()).isNotNull();
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isEqualTo(1);
  }

  @Test
  void permissionSet_withAnAccountNameThatIsNotUnique_namesTheIds() {
    center.assign("ann", "444444444444", "data", "Admin");

    assertThat(KindScenario.message(ExitCode.USAGE, () -> signIn(BY_NAME)))
        .isEqualTo(
            "identity 'dev' could be in any of several accounts named 'data': 333333333333,"
                + " 444444444444 | set principal.account.id");
    assertThat(KindScenario.message(ExitCode.DENIED, () -> signIn(DEV.formatted("Data"))))
        .isEqualTo(
            "identity 'dev' is not available: no account named 'Data' is assigned to the user who"
                + " is signed in | account names are case-sensitive");
  }

  @Test
  void permissionSet_thatIsNotAssigned_isDenied() {
    assertThat(KindScenario.message(ExitCode.DENIED, () -> signIn(BY_ID.replace("Admin", "Power"))))
        .isEqualTo(
            "identity 'dev' is not available: the permission set 'Power' in account 111111111111"
                + " is not assigned to the user who is signed in | request access, or sign in as"
                + " another user: atmos auth logout, then atmos auth login");
  }

  @Test
  void permissionSet_withoutARegion_namesTheIdentity() {
    Token token = scenario.signIn();
    FakeRequest request = new FakeRequest().withInput(token);

    assertThat(KindScenario.message(ExitCode.USAGE, () -> scenario.identity(BY_ID).grant(request)))
        .contains("no region is set for identity 'dev' or anything it goes through");
  }

  @Test
  void permissionSet_withoutAnAccount_namesTheField() {
    Token token = scenario.signIn();

    assertThat(KindScenario.message(ExitCode.USAGE, () -> credentials(DEV.formatted("{}"), token)))
        .contains("'account' has neither 'name' nor 'id'");
  }

  @Test
  void permissionSet_withAnotherInput_namesVia() {
    FakeRequest request = new FakeRequest().withInput(KindScenario.key("AKID"));

    assertThat(KindScenario.message(ExitCode.USAGE, () -> scenario.identity(BY_ID).grant(request)))
        .contains(
            "identity 'dev' is of kind aws/permission-set, which needs a provider of kind"
                + " aws/iam-identity-center in 'via'");
  }

  @Test
  void silent_beforeAnySignIn_asksAwsForNothing() {
    assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, scenario::silent))
        .isEqualTo("not signed in to 'corp'");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void silent_afterASignIn_refreshesTheToken_eachTimeWithTheNewestRefreshToken() {
    Token first = scenario.signIn();
    scenario.services().clock().advance(Duration.ofMinutes(56));
    Token second = scenario.silent();
    scenario.services().clock().advance(Duration.ofMinutes(56));
    Token third = scenario.silent();

    assertThat(List.of(first.value(), second.value(), third.value())).doesNotHaveDuplicates();
    assertThat(scenario.user().visited()).hasSize(1);
  }

  @Test
  void refreshToken_withoutSpaceForItsSuccessor_isNotSpent() {
    scenario.signIn();
    int before = aws.count(Operation.CREATE_TOKEN);

    assertThat(
            KindScenario.message(
                ExitCode.FAILED, () -> scenario.silent(new FakeRequest().withoutSpace())))
        .isEqualTo("no space is left");

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"accessToken\": 7", ", \"accessToken\": {}"})
  void refreshToken_whateverElseIsInTheAnswer_isKept(String rest) {
    scenario.signIn();
    aws.failNext(
        Operation.CREATE_TOKEN,
        Fault.raw(
            200,
            Map.of("Content-Type", "application/json"),
            "{\"refreshToken\": \"successor\"" + rest + "}"));
    FakeRequest request = new FakeRequest();

    var _ = catchThrowable(() -> scenario.silent(request));

    assertThat(request.savedState().orElseThrow().reveal())
        .contains("\"refreshToken\":\"successor\"");
  }

  @Test
  void accessToken_thatNoHeaderCanHold_isRefusedWithoutShowingIt() {
    Token token = scenario.signIn();
    Token bad = Token.of(token.type(), Secret.of("hush\nhush"), token.expiresAt());

    AtmosException failure = KindScenario.failure(() -> credentials(BY_ID, bad));

    assertThat(failure)
        .hasNoCause()
        .hasMessage(
            "could not get credentials of identity 'dev': a value of the request can't stand in a"
                + " header");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void accessToken_thatWasRevoked_isRefused() {
    Token token = scenario.signIn();
    center.revokeAccessTokens();

    assertThat(catchThrowableOfType(GrantRefusedException.class, () -> credentials(BY_ID, token)))
        .hasMessage("AWS no longer accepts the session");
  }

  @Test
  void refreshToken_thatIsRefused_isForgotten_andTheRegistrationStays() {
    scenario.signIn();
    center.revokeSessions();
    int before = aws.count(Operation.CREATE_TOKEN);

    for (int i = 0; i < 3; i++) {
      assertThat(KindScenario.message(ExitCode.SIGN_IN_REQUIRED, scenario::silent))
          .startsWith("the sign-in of 'corp' has expired");
    }

    assertThat(aws.count(Operation.CREATE_TOKEN)).isEqualTo(before + 1);
    scenario.signIn();
    assertThat(aws.count(Operation.REGISTER_CLIENT)).isEqualTo(1);
    assertThat(scenario.user().visited()).hasSize(2);
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

    assertThat(signIn(BY_ID).sessionToken()).isNotNull();

    assertThat(aws.count(operation)).isEqualTo(3);
    assertThat(scenario.user().visited()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTER_CLIENT, 400, invalid_client_metadata, 1",
    "REGISTER_CLIENT, 403, Forbidden, 5",
    "START_DEVICE_AUTHORIZATION, 400, invalid_request, 2",
    "CREATE_TOKEN, 400, invalid_grant, 1",
    "GET_ROLE_CREDENTIALS, 400, InvalidRequestException, 1",
    "GET_ROLE_CREDENTIALS, 403, ForbiddenException, 5",
    "GET_ROLE_CREDENTIALS, 404, ResourceNotFoundException, 5"
  })
  void failure_thatStays_isNotTriedAgain(Operation operation, int status, String code, int exit) {
    center.autoAllow("ann", 0);
    aws.failAlways(operation, Fault.error(status, code, "no"));

    AtmosException failure = KindScenario.failure(() -> signIn(BY_ID));

    assertThat(failure.exitCode().code()).isEqualTo(exit);
    assertThat(aws.count(operation)).isEqualTo(1);
  }

  @Test
  void failure_thatDoesNotPass_isTriedAFewTimes() {
    Token token = scenario.signIn();
    aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.unavailable());

    AtmosException failure = KindScenario.failure(() -> credentials(BY_ID, token));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(aws.count(Operation.GET_ROLE_CREDENTIALS)).isBetween(3, 5);
  }

  /** In milliseconds by the API, in seconds by mistake, and out of range. */
  @ParameterizedTest
  @CsvSource({
    "1736946000000, 2025-01-15T13:00:00Z",
    "1736946000, 2025-01-15T13:00:00Z",
    "9223372036854775807, 2025-01-16T00:00:02Z"
  })
  void roleCredentials_byTheirExpiry_endAtMostTwelveHoursLater(
      String expiration, Instant expected) {
    assertThat(withExpiration(expiration).expiresAt()).isEqualTo(expected);
  }

  private AwsCredentials withExpiration(String expiration) {
    Token token = scenario.signIn();
    String answer =
        "{\"roleCredentials\":{\"accessKeyId\":\"ASIAONE\",\"secretAccessKey\":\"s\","
            + "\"sessionToken\":\"t\",\"expiration\":"
            + expiration
            + "}}";
    aws.failAlways(Operation.GET_ROLE_CREDENTIALS, Fault.raw(200, Map.of(), answer));
    return credentials(BY_ID, token);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-9223372036854775808"})
  void roleCredentials_withoutAnExpiry_haveExpired(String expiration) {
    assertThat(withExpiration(expiration).expiresAt())
        .isBeforeOrEqualTo(scenario.services().clock().instant());
  }

  @Test
  void roleCredentials_withALineBreak_areRefused() {
    Token token = scenario.signIn();
    aws.failAlways(
        Operation.GET_ROLE_CREDENTIALS,
        Fault.raw(
            200,
            Map.of(),
            "{\"roleCredentials\":{\"accessKeyId\":\"ASIAONE\",\"secretAccessKey\":\"s\\n[other]\","
                + "\"sessionToken\":\"t\",\"expiration\":1736946000000}}"));

    assertThat(KindScenario.message(ExitCode.FAILED, () -> credentials(BY_ID, token)))
        .isEqualTo(
            "could not get credentials of identity 'dev': AWS returned incomplete credentials");
  }

  @Test
  void roleCredentials_thatLackAPart_areRefused() {
    Token token = scenario.signIn();
    aws.failAlways(
        Operation.GET_ROLE_CREDENTIALS,
        Fault.raw(200, Map.of(), "{\"roleCredentials\":{\"accessKeyId\":\"ASIAONE\"}}"));

    assertThat(KindScenario.message(ExitCode.FAILED, () -> credentials(BY_ID, token)))
        .isEqualTo(
            "could not get credentials of identity 'dev': AWS returned incomplete credentials");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "3600, -, 3600",
        "-1, -, 3600",
        "0, 2h, 7200",
        "2147483647, -, 2147483647",
        "null, -, 3600"
      })
  void accessToken_byItsLifetime_expires(
      String expiresIn, @Nullable String configured, long seconds) {
    if (configured != null) {
      scenario.corp(
          IdentityCenterScenario.CORP.replace("}", ", session: {duration: " + configured + "}}"));
    }
    aws.failAlways(
        Operation.CREATE_TOKEN,
        Fault.raw(200, Map.of(), "{\"accessToken\":\"canary\",\"expiresIn\":" + expiresIn + "}"));

    assertThat(scenario.signIn().expiresAt())
        .isEqualTo(scenario.services().clock().instant().plusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example.com/",
    "https://evil.example.com/",
    "javascript:alert(1)",
    "https://x/\u202eb",
    "''"
  })
  void signInUrl_thatIsNotSafeToOpen_isRefused(String url) {
    aws.failAlways(
        Operation.START_DEVICE_AUTHORIZATION,
        Fault.raw(
            200,
            Map.of(),
            "{\"deviceCode\":\"d\",\"userCode\":\"ABCD-EFGH\",\"expiresIn\":600,\"interval\":1,"
                + "\"verificationUri\":\""
                + url
                + "\"}"));

    assertThat(KindScenario.message(ExitCode.DENIED, scenario::signIn))
        .startsWith(
            "could not sign in to 'corp': the sign-in page that was returned is not one of AWS's");
    assertThat(scenario.user().visited()).isEmpty();
  }

  @Test
  void discovery_ofAllAssignments_hasUnambiguousNames_andAMeasuredPace() {
    for (int i = 0; i < 230; i++) {
      center.assign("ann", String.valueOf(400_000_000_000L + i), "team " + i, "Admin", "View");
    }
    center.assign("ann", "555555555555", "data", "A \"q\"");
    aws.failNext(Operation.LIST_ACCOUNT_ROLES, Fault.throttled(), Fault.throttled());

    FoundParts parts = new FoundParts();
    List<DiscoveredIdentity> identities = scenario.provider().discover(scenario.signIn(), parts);

    assertThat(parts.expected).isEqualTo(233);
    assertThat(parts.found).hasSize(233);
    assertThat(identities)
        .extracting(DiscoveredIdentity::name)
        .hasSize(463)
        .doesNotHaveDuplicates()
        .startsWith("data-333333333333/Admin", "data-555555555555/A \"q\"", "dev account/Admin")
        .contains("team 7/View");
    assertThat(identities.get(0).kind()).isEqualTo("aws/permission-set");
    assertThat(identities.get(0).fields())
        .containsExactly(
            Map.entry("principal.name", "Admin"),
            Map.entry("principal.account.name", "data"),
            Map.entry("principal.account.id", "333333333333"));
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isGreaterThan(1);
    // Eighteen a second.
    assertThat(scenario.services().sleeper().taken().stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofSeconds(12));

    int listed = aws.count(Operation.LIST_ACCOUNT_ROLES);
    parts.found.remove("555555555555 data-555555555555");
    assertThat(scenario.provider().discover(scenario.signIn(), parts))
        .extracting(DiscoveredIdentity::name)
        .isEqualTo(identities.stream().map(DiscoveredIdentity::name).toList());
    assertThat(aws.count(Operation.LIST_ACCOUNT_ROLES)).isEqualTo(listed + 1);
  }

  private static final class FoundParts implements Provider.Parts {
    private final Map<String, List<DiscoveredIdentity>> found = new ConcurrentHashMap<>();
    private int expected;

    @Override
    public void expect(int count) {
      expected = count;
    }

    @Override
    public Optional<List<DiscoveredIdentity>> known(String part) {
      return Optional.ofNullable(found.get(part));
    }

    @Override
    public void found(String part, List<DiscoveredIdentity> identities) {
      found.put(part, identities);
    }
  }

  @Test
  void discovery_unlessConfigured_isNotWanted() {
    assertThat(scenario.provider().discoversIdentities()).isFalse();
    scenario.corp(IdentityCenterScenario.CORP.replace("}", ", auto_provision_identities: TRUE}"));
    assertThat(scenario.provider().discoversIdentities()).isTrue();
  }

  @Test
  void revocation_endsTheSession_andASessionThatHasEndedIsNoFailure() {
    Token token = scenario.signIn();

    scenario.provider().revoke(token);
    scenario.provider().revoke(Token.of(Token.IDENTITY_CENTER, Secret.of("unknown"), null));

    assertThat(aws.count(Operation.LOGOUT)).isEqualTo(2);
    assertThat(catchThrowableOfType(GrantRefusedException.class, () -> credentials(BY_ID, token)))
        .isNotNull();
  }

  @Test
  void endpointOfAnUntrustedFile_isNotCalled() {
    Token token = scenario.signIn();
    int calls = aws.calls().size();
    scenario.kinds().distrusting();

    for (String place :
        List.of(
            "spec: {endpoint_url: https://evil.example.com}",
            "credentials: {aws: {resolver: {url: https://evil.example.com}}}")) {
      assertThat(
              KindScenario.failure(
                      () -> credentials(BY_ID.replace("kind:", place + ", kind:"), token))
                  .exitCode())
          .isEqualTo(ExitCode.USAGE);
    }
    assertThat(aws.calls()).hasSize(calls);
  }
}
