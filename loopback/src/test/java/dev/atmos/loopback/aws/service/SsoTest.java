package dev.atmos.loopback.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.LoopbackScenario;
import dev.atmos.loopback.aws.RecordedCall;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.model.AccountInfo;
import software.amazon.awssdk.services.sso.model.InvalidRequestException;
import software.amazon.awssdk.services.sso.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sso.model.RoleCredentials;
import software.amazon.awssdk.services.sso.model.RoleInfo;
import software.amazon.awssdk.services.sso.model.SsoException;
import software.amazon.awssdk.services.sso.model.TooManyRequestsException;
import software.amazon.awssdk.services.sso.model.UnauthorizedException;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.AccessDeniedException;
import software.amazon.awssdk.services.ssooidc.model.AuthorizationPendingException;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.ExpiredTokenException;
import software.amazon.awssdk.services.ssooidc.model.InternalServerException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientMetadataException;
import software.amazon.awssdk.services.ssooidc.model.InvalidGrantException;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SlowDownException;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;
import software.amazon.awssdk.services.ssooidc.model.UnsupportedGrantTypeException;
import software.amazon.awssdk.services.sts.StsClient;

/** SSO OIDC and the portal, by the SDK's clients. */
class SsoTest {
  private static final String START_URL = "https://acme.awsapps.com/start";
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  private LoopbackAws aws;
  private IdentityCenterInstance center;
  private SsoOidcClient oidc;
  private SsoClient portal;

  @BeforeEach
  void start() throws Exception {
    aws = LoopbackAws.start(at(0));
    center =
        aws.identityCenter(START_URL, "eu-central-1")
            .assign("ann", "111122223333", "production", "Admin", "ReadOnly")
            .assign("ann", "444455556666", "development", "Admin")
            .assign("bob", "777788889999", "billing", "Billing");
    oidc = LoopbackScenario.client(SsoOidcClient.builder(), aws, LoopbackScenario.alice());
    portal = LoopbackScenario.client(SsoClient.builder(), aws, LoopbackScenario.alice());
  }

  @AfterEach
  void stop() {
    oidc.close();
    portal.close();
    aws.close();
  }

  private static Clock at(long seconds) {
    return Clock.fixed(NOON.plusSeconds(seconds), ZoneOffset.UTC);
  }

  private RegisterClientResponse register(String... scopes) {
    return oidc.registerClient(
        request -> request.clientName("test").clientType("public").scopes(scopes));
  }

  private StartDeviceAuthorizationResponse startFlow(RegisterClientResponse client) {
    return oidc.startDeviceAuthorization(request ->
        request
            .clientId(client.clientId())
            .clientSecret(client.clientSecret())
            .startUrl(START_URL));
  }

  private CreateTokenResponse poll(
      RegisterClientResponse client, StartDeviceAuthorizationResponse flow) {
    return oidc.createToken(request ->
        request
            .clientId(client.clientId())
            .clientSecret(client.clientSecret())
            .grantType(DEVICE)
            .deviceCode(flow.deviceCode()));
  }

  private CreateTokenResponse refresh(RegisterClientResponse client, String token) {
    return oidc.createToken(request ->
        request
            .clientId(client.clientId())
            .clientSecret(client.clientSecret())
            .grantType("refresh_token")
            .refreshToken(token));
  }

  private CreateTokenResponse signIn(RegisterClientResponse client) {
    StartDeviceAuthorizationResponse flow = startFlow(client);
    center.allow(flow.userCode());
    return poll(client, flow);
  }

  // ---- SSO OIDC --------------------------------------------------------------------------------

  @Test
  void deviceFlow_thatIsAllowed_givesTokensOnce() {
    RegisterClientResponse client = register("sso:account:access");
    StartDeviceAuthorizationResponse flow = startFlow(client);

    assertThat(client.clientSecretExpiresAt())
        .isEqualTo(NOON.plus(Duration.ofDays(90)).getEpochSecond());
    assertThat(flow.userCode()).matches("[A-Z]{4}-[A-Z]{4}");
    assertThat(flow.expiresIn()).isEqualTo(600);
    assertThat(flow.interval()).isEqualTo(1);
    assertThat(flow.verificationUriComplete())
        .isEqualTo(flow.verificationUri() + "?user_code=" + flow.userCode());
    assertThatExceptionOfType(AuthorizationPendingException.class)
        .isThrownBy(() -> poll(client, flow))
        .satisfies(e -> assertThat(e.error()).isEqualTo("authorization_pending"));
    assertThat(center.pendingUserCodes()).containsExactly(flow.userCode());
    center.allow(flow.userCode());
    CreateTokenResponse tokens = poll(client, flow);
    assertThat(tokens.tokenType()).isEqualTo("Bearer");
    assertThat(tokens.expiresIn()).isEqualTo(3600);
    assertThat(aws.secrets())
        .contains(
            tokens.accessToken(), tokens.refreshToken(), flow.deviceCode(), client.clientSecret());
    assertThatExceptionOfType(InvalidGrantException.class).isThrownBy(() -> poll(client, flow));
  }

  @Test
  void deviceFlow_thatIsRefusedOrLate_endsSo() {
    RegisterClientResponse client = register();
    StartDeviceAuthorizationResponse refused = startFlow(client);
    center.deny(refused.userCode());
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> poll(client, refused))
        .satisfies(e -> assertThat(e.error()).isEqualTo("access_denied"));

    StartDeviceAuthorizationResponse late = startFlow(client);
    aws.clock(at(600));
    assertThatExceptionOfType(ExpiredTokenException.class).isThrownBy(() -> poll(client, late));
  }

  @Test
  void deviceFlow_ofStrictPolling_isSlowedDownByFiveSecondsEachTime() {
    center.strictPolling(true).interval(5);
    RegisterClientResponse client = register();
    StartDeviceAuthorizationResponse flow = startFlow(client);

    assertThat(flow.interval()).isEqualTo(5);
    assertThatExceptionOfType(AuthorizationPendingException.class)
        .isThrownBy(() -> poll(client, flow));
    aws.clock(at(4));
    assertThatExceptionOfType(SlowDownException.class).isThrownBy(() -> poll(client, flow));
    aws.clock(at(13));
    assertThatExceptionOfType(SlowDownException.class).isThrownBy(() -> poll(client, flow));
    aws.clock(at(28));
    assertThatExceptionOfType(AuthorizationPendingException.class)
        .isThrownBy(() -> poll(client, flow));
  }

  @Test
  void deviceFlow_ofAUserWhoAlwaysAllows_isAllowedAfterSomePolls() {
    center.autoAllow("bob", 1);
    RegisterClientResponse client = register();
    StartDeviceAuthorizationResponse flow = startFlow(client);

    assertThatExceptionOfType(AuthorizationPendingException.class)
        .isThrownBy(() -> poll(client, flow));
    String token = poll(client, flow).accessToken();
    assertThat(portal.listAccounts(request -> request.accessToken(token)).accountList())
        .extracting(AccountInfo::accountName)
        .containsExactly("billing");
  }

  @Test
  void refreshToken_thatRotates_worksOnce() {
    RegisterClientResponse client = register("sso:account:access");
    String first = signIn(client).refreshToken();

    CreateTokenResponse second = refresh(client, first);
    assertThat(second.refreshToken()).isNotEqualTo(first);
    assertThatExceptionOfType(InvalidGrantException.class)
        .isThrownBy(() -> refresh(client, first))
        .satisfies(e -> assertThat(e.error()).isEqualTo("invalid_grant"));
    assertThat(refresh(client, second.refreshToken()).accessToken()).isNotNull();
  }

  @Test
  void refreshToken_thatDoesNotRotate_worksUntilTheSessionEnds() {
    center.rotating(false).sessionLifetime(Duration.ofMinutes(90));
    RegisterClientResponse client = register("sso:account:access");
    String token = signIn(client).refreshToken();

    assertThat(refresh(client, token).refreshToken()).isNull();
    aws.clock(at(3600));
    assertThat(refresh(client, token).expiresIn()).isEqualTo(1800);
    aws.clock(at(5400));
    assertThatExceptionOfType(InvalidGrantException.class).isThrownBy(() -> refresh(client, token));
  }

  @Test
  void refreshToken_withoutItsScopeOrForAnotherClient_isNone() {
    assertThat(signIn(register()).refreshToken()).isNull();
    String token = signIn(register("sso:account:access")).refreshToken();
    RegisterClientResponse other = register("sso:account:access");
    assertThatExceptionOfType(InvalidGrantException.class).isThrownBy(() -> refresh(other, token));
  }

  @Test
  void client_thatHasExpiredOrIsNotKnown_isInvalid() {
    aws.registrationLifetime(Duration.ofHours(1));
    RegisterClientResponse client = register();
    RegisterClientResponse wrong = client.toBuilder().clientSecret("wrong").build();

    assertThatExceptionOfType(InvalidClientException.class)
        .isThrownBy(() -> startFlow(wrong))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    aws.clock(at(3600));
    assertThatExceptionOfType(InvalidClientException.class).isThrownBy(() -> startFlow(client));
  }

  @Test
  void request_thatIsWrong_isSaidToBeSo() {
    RegisterClientResponse client = register();
    assertThatExceptionOfType(InvalidClientMetadataException.class)
        .isThrownBy(() ->
            oidc.registerClient(request -> request.clientName("test").clientType("confidential")));
    assertThatExceptionOfType(
            software.amazon.awssdk.services.ssooidc.model.InvalidRequestException.class)
        .isThrownBy(() ->
            oidc.startDeviceAuthorization(request ->
                request
                    .clientId(client.clientId())
                    .clientSecret(client.clientSecret())
                    .startUrl("https://other.awsapps.com/start")));
    assertThatExceptionOfType(UnsupportedGrantTypeException.class)
        .isThrownBy(() ->
            oidc.createToken(request ->
                request
                    .clientId(client.clientId())
                    .clientSecret(client.clientSecret())
                    .grantType("password")));
  }

  @Test
  void fault_ofSsoOidc_isTheModelledExceptionUnlessTheHeaderIsMissing() {
    aws.failNext(
        Operation.REGISTER_CLIENT,
        Fault.unavailable(),
        Fault.error(400, "invalid_client", "gone"),
        Fault.raw(400, Map.of(), "{\"error\":\"invalid_client\"}"));

    assertThatExceptionOfType(InternalServerException.class).isThrownBy(this::register);
    assertThatExceptionOfType(InvalidClientException.class).isThrownBy(this::register);
    assertThatExceptionOfType(SsoOidcException.class)
        .isThrownBy(this::register)
        .isNotInstanceOf(InvalidClientException.class);
    assertThat(register().clientId()).isNotNull();
  }

  // ---- The page --------------------------------------------------------------------------------

  @Test
  void page_ofACode_letsTheUserAllowOrDeny() throws Exception {
    RegisterClientResponse client = register();
    StartDeviceAuthorizationResponse flow = startFlow(client);
    StartDeviceAuthorizationResponse refused = startFlow(client);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      assertThat(browse(browser, "GET", flow.verificationUriComplete(), "").body())
          .contains("<strong>" + flow.userCode() + "</strong>", "value=\"ann\"");
      browse(
          browser,
          "POST",
          flow.verificationUri(),
          "user_code=" + flow.userCode() + "&user=bob&choice=allow");
      browse(
          browser,
          "POST",
          flow.verificationUri(),
          "user_code=" + refused.userCode() + "&user=bob&choice=deny");
      assertThat(browse(browser, "GET", flow.verificationUriComplete(), "").statusCode())
          .isEqualTo(404);
    }

    assertThat(poll(client, flow).accessToken()).isNotNull();
    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> poll(client, refused));
  }

  private static HttpResponse<String> browse(
      HttpClient browser, String method, String url, String form) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(URI.create(url))
            .method(method, BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  // ---- The portal ------------------------------------------------------------------------------

  @Test
  void portal_ofASignedInUser_listsAccountsAndRolesInPages() {
    String token = signIn(register()).accessToken();

    assertThat(
            portal
                .listAccountsPaginator(request -> request.accessToken(token).maxResults(1))
                .accountList())
        .extracting(AccountInfo::accountId, AccountInfo::accountName)
        .containsExactly(tuple("111122223333", "production"), tuple("444455556666", "development"));
    assertThat(aws.count(Operation.LIST_ACCOUNTS)).isEqualTo(2);
    assertThat(
            portal
                .listAccountRolesPaginator(
                    request -> request.accessToken(token).accountId("111122223333").maxResults(1))
                .roleList())
        .extracting(RoleInfo::roleName)
        .containsExactly("Admin", "ReadOnly");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () -> portal.listAccounts(request -> request.accessToken(token).maxResults(101)));
  }

  private RoleCredentials roleCredentials(String token, String account, String role) {
    return portal
        .getRoleCredentials(request -> request.accessToken(token).accountId(account).roleName(role))
        .roleCredentials();
  }

  @Test
  void roleCredentials_ofAnAssignedRole_signAsThatRole() {
    // The SDK signs with the system's clock.
    Instant now = Instant.now();
    aws.clock(Clock.fixed(now, ZoneOffset.UTC));
    center.roleCredentialLifetime(Duration.ofMinutes(30));
    Role next = Role.of("111122223333", "Next").trusting(center.roleArn("111122223333", "Admin"));
    aws.add(next);

    RoleCredentials credentials =
        roleCredentials(signIn(register()).accessToken(), "111122223333", "Admin");

    assertThat(credentials.expiration()).isEqualTo(now.plusSeconds(1800).toEpochMilli());
    var session =
        AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    try (StsClient sts = LoopbackScenario.client(StsClient.builder(), aws, session)) {
      assertThat(sts.getCallerIdentity().arn())
          .matches("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_[0-9a-f]{16}/ann");
      assertThat(
              sts.assumeRole(request -> request.roleArn(next.arn()).roleSessionName("me"))
                  .credentials())
          .isNotNull();
    }
  }

  @Test
  void roleCredentials_ofWhatIsNotAssigned_areForbiddenOrNotThere() {
    String token = signIn(register()).accessToken();

    for (List<String> other :
        List.of(List.of("111122223333", "Billing"), List.of("777788889999", "Billing"))) {
      assertThatExceptionOfType(SsoException.class)
          .isThrownBy(() -> roleCredentials(token, other.get(0), other.get(1)))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> roleCredentials(token, "000000000000", "Admin"));
    center.unassign("ann", "444455556666");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> roleCredentials(token, "444455556666", "Admin"));
  }

  @Test
  void accessToken_thatIsNoMore_isUnauthorized() {
    RegisterClientResponse client = register("sso:account:access");
    CreateTokenResponse revoked = signIn(client);
    assertAuthorized(revoked.accessToken());
    center.revokeAccessTokens();
    assertUnauthorized(revoked.accessToken());
    String refreshed = refresh(client, revoked.refreshToken()).accessToken();
    assertAuthorized(refreshed);
    center.revokeSessions();
    assertUnauthorized(refreshed);
    CreateTokenResponse signedOut = signIn(client);
    portal.logout(request -> request.accessToken(signedOut.accessToken()));
    assertUnauthorized(signedOut.accessToken());
    assertThatExceptionOfType(InvalidGrantException.class)
        .isThrownBy(() -> refresh(client, signedOut.refreshToken()));
    String expired = signIn(client).accessToken();
    aws.clock(at(3600));
    assertUnauthorized(expired);
    assertUnauthorized("nonsense");
  }

  private void assertAuthorized(String token) {
    assertThat(portal.listAccounts(request -> request.accessToken(token)).accountList())
        .isNotEmpty();
  }

  private void assertUnauthorized(String token) {
    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> portal.listAccounts(request -> request.accessToken(token)))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
  }

  @Test
  void fault_ofThePortal_isTheModelledException() {
    String token = signIn(register()).accessToken();
    aws.failNext(Operation.LIST_ACCOUNTS, Fault.throttled(), Fault.unauthorized());

    assertThatExceptionOfType(TooManyRequestsException.class)
        .isThrownBy(() -> portal.listAccounts(request -> request.accessToken(token)));
    assertUnauthorized(token);
    assertAuthorized(token);
    assertThat(aws.calls(Operation.LIST_ACCOUNTS))
        .extracting(RecordedCall::status, RecordedCall::bearer)
        .containsExactly(tuple(429, token), tuple(401, token), tuple(200, token));
  }
}
