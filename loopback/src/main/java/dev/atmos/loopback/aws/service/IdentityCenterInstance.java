package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.OAuthErrors;
import dev.atmos.loopback.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An instance of IAM Identity Center: the roles that are assigned to users in accounts, and the
 * sessions of signed-in users. What a test sets here holds from then on.
 *
 * <p>Safe for use by many threads.
 */
public final class IdentityCenterInstance {
  private static final int SLOWER_SECONDS = 5;

  /** An account that is assigned to a user, and the roles there. */
  record Assignment(String account, String name, Set<String> roles) {}

  /** The session of a signed-in user. */
  record Session(String user, Instant ends, AtomicBoolean over) {
    private boolean isOver(Instant now) {
      return over.get() || !now.isBefore(ends);
    }
  }

  /** What a client gets once the user has approved it. */
  record Tokens(String accessToken, long expiresIn, @Nullable String refreshToken) {}

  private record AccessToken(Session session, Instant expires) {}

  private record RefreshToken(Session session, String clientId) {}

  private record Client(String id, boolean refreshable) {}

  private enum State {
    PENDING,
    ALLOWED,
    DENIED,
    USED
  }

  private static final class DeviceFlow {
    private final Client client;
    private final String userCode;
    private final Instant expires;
    private long interval;
    private State state = State.PENDING;
    private String user = "";
    private int polls;
    private @Nullable Instant lastPoll;

    private DeviceFlow(Client client, String userCode, Instant expires, long interval) {
      this.client = client;
      this.userCode = userCode;
      this.expires = expires;
      this.interval = interval;
    }
  }

  private final String startUrl;
  private final String region;
  private final Iam iam;
  private final SecretRegistry secrets;
  private final Map<String, Map<String, Assignment>> assignments = new LinkedHashMap<>();
  private final Map<String, DeviceFlow> flows = new LinkedHashMap<>();
  private final Map<String, AccessToken> accessTokens = new HashMap<>();
  private final Map<String, RefreshToken> refreshTokens = new HashMap<>();
  private Duration accessTokenLifetime = Duration.ofHours(1);
  private Duration sessionLifetime = Duration.ofDays(7);
  private Duration roleCredentialLifetime = Duration.ofHours(1);
  private Duration deviceCodeLifetime = Duration.ofMinutes(10);
  private long interval = 1;
  private boolean rotating = true;
  private boolean strictPolling;
  private @Nullable String autoAllowed;
  private int autoAllowedAfter;

  IdentityCenterInstance(String startUrl, String region, Iam iam, SecretRegistry secrets) {
    this.startUrl = startUrl;
    this.region = region;
    this.iam = iam;
    this.secrets = secrets;
  }

  // ---- What a test sets ------------------------------------------------------------------------

  /** Assigns roles in an account to a user, in addition to what was assigned before. */
  public synchronized IdentityCenterInstance assign(
      String user, String account, String accountName, String... roles) {
    Map<String, Assignment> of = assignments.computeIfAbsent(user, any -> new TreeMap<>());
    Assignment before = of.get(account);
    Set<String> all = new TreeSet<>(List.of(roles));
    if (before != null) {
      all.addAll(before.roles());
    }
    of.put(account, new Assignment(account, accountName, Set.copyOf(all)));
    return this;
  }

  /** Removes a user's assignments in an account. */
  public synchronized IdentityCenterInstance unassign(String user, String account) {
    Map<String, Assignment> of = assignments.get(user);
    if (of != null) {
      of.remove(account);
    }
    return this;
  }

  /** Sets how long access tokens are valid; an hour by default. */
  public synchronized IdentityCenterInstance accessTokenLifetime(Duration lifetime) {
    accessTokenLifetime = lifetime;
    return this;
  }

  /** Sets how long users stay signed in, refreshed or not; seven days by default. */
  public synchronized IdentityCenterInstance sessionLifetime(Duration lifetime) {
    sessionLifetime = lifetime;
    return this;
  }

  /** Sets how long the credentials of roles are valid; an hour by default. */
  public synchronized IdentityCenterInstance roleCredentialLifetime(Duration lifetime) {
    roleCredentialLifetime = lifetime;
    return this;
  }

  /** Sets how long a user has to approve a device; ten minutes by default. */
  public synchronized IdentityCenterInstance deviceCodeLifetime(Duration lifetime) {
    deviceCodeLifetime = lifetime;
    return this;
  }

  /** Sets how many seconds clients have to wait between two polls; 1 by default. */
  public synchronized IdentityCenterInstance interval(long seconds) {
    interval = seconds;
    return this;
  }

  /** Sets whether a refresh token works once only and gives a new one; it does by default. */
  public synchronized IdentityCenterInstance rotating(boolean rotates) {
    rotating = rotates;
    return this;
  }

  /**
   * Sets whether a client that polls before the interval is over, by the stand-in's clock, gets
   * {@code slow_down}, which makes the interval five seconds longer. It doesn't by default.
   */
  public synchronized IdentityCenterInstance strictPolling(boolean strict) {
    strictPolling = strict;
    return this;
  }

  /**
   * Lets this user approve every device, once its client has polled so many times; with none, every
   * browser as well, without a page.
   */
  public synchronized IdentityCenterInstance autoAllow(String user, int afterPolls) {
    autoAllowed = user;
    autoAllowedAfter = afterPolls;
    return this;
  }

  /** The user codes that are neither approved nor denied, oldest first. */
  public synchronized List<String> pendingUserCodes() {
    return flows.values().stream()
        .filter(flow -> flow.state == State.PENDING)
        .map(flow -> flow.userCode)
        .toList();
  }

  /** Approves a user code as the first user with an assignment. */
  public synchronized void allow(String userCode) {
    allow(userCode, assignments.keySet().iterator().next());
  }

  /** Approves a user code as this user. */
  public synchronized void allow(String userCode, String user) {
    DeviceFlow flow = pending(userCode).orElseThrow(() -> unknown(userCode));
    flow.state = State.ALLOWED;
    flow.user = user;
  }

  /** Denies a user code. */
  public synchronized void deny(String userCode) {
    pending(userCode).orElseThrow(() -> unknown(userCode)).state = State.DENIED;
  }

  /** Ends every session: none of its tokens is accepted any more. */
  public synchronized IdentityCenterInstance revokeSessions() {
    accessTokens.values().forEach(token -> token.session().over().set(true));
    return this;
  }

  /** Revokes all access tokens, but not the refresh tokens. */
  public synchronized IdentityCenterInstance revokeAccessTokens() {
    accessTokens.clear();
    return this;
  }

  /** The ARN of the IAM role behind an assigned role, for trust policies. */
  public String roleArn(String account, String role) {
    return role(account, role).arn();
  }

  /** The start URL. */
  public String startUrl() {
    return startUrl;
  }

  // ---- What the services use -------------------------------------------------------------------

  String region() {
    return region;
  }

  synchronized Optional<String> firstUser() {
    return assignments.keySet().stream().findFirst();
  }

  synchronized boolean isPending(String userCode) {
    return pending(userCode).isPresent();
  }

  private Optional<DeviceFlow> pending(String userCode) {
    return flows.values().stream()
        .filter(flow -> flow.state == State.PENDING && flow.userCode.equals(userCode))
        .findFirst();
  }

  private static IllegalArgumentException unknown(String userCode) {
    return new IllegalArgumentException("no device waits with the code " + userCode);
  }

  synchronized boolean knows(String deviceCode) {
    return flows.containsKey(deviceCode);
  }

  synchronized boolean knowsRefreshToken(String token) {
    return refreshTokens.containsKey(token);
  }

  /** Begins a device flow; returns what StartDeviceAuthorization answers, without the page. */
  synchronized JsonObject startFlow(
      String clientId, boolean refreshable, String userCode, Instant now) {
    String deviceCode = secrets.urlSafe(86);
    Client client = new Client(clientId, refreshable);
    flows.put(deviceCode, new DeviceFlow(client, userCode, now.plus(deviceCodeLifetime), interval));
    return new JsonObject()
        .with("deviceCode", deviceCode)
        .with("userCode", userCode)
        .with("expiresIn", deviceCodeLifetime.toSeconds())
        .with("interval", interval);
  }

  synchronized Tokens tokensOfDevice(String deviceCode, String clientId, Instant now) {
    DeviceFlow flow = flows.get(deviceCode);
    if (flow == null || !flow.client.id().equals(clientId) || flow.state == State.USED) {
      throw SsoOidc.error(OAuthErrors.INVALID_GRANT, "Invalid device code");
    }
    if (!now.isBefore(flow.expires)) {
      throw SsoOidc.error("expired_token", "Device code has expired");
    }
    Instant last = flow.lastPoll;
    flow.lastPoll = now;
    if (strictPolling && last != null && now.isBefore(last.plusSeconds(flow.interval))) {
      flow.interval += SLOWER_SECONDS;
      throw SsoOidc.error(OAuthErrors.SLOW_DOWN, "Too many requests");
    }
    String auto = autoAllowed;
    if (auto != null && flow.state == State.PENDING && flow.polls >= autoAllowedAfter) {
      flow.state = State.ALLOWED;
      flow.user = auto;
    }
    flow.polls++;
    return switch (flow.state) {
      case DENIED -> throw SsoOidc.error("access_denied", "The user denied the device");
      case ALLOWED -> {
        flow.state = State.USED;
        yield signIn(flow.user, flow.client, now);
      }
      default -> throw SsoOidc.error("authorization_pending", "Authorization is still pending");
    };
  }

  /** Signs a user in, whose browser has said so. */
  synchronized Tokens signIn(String user, String clientId, boolean refreshable, Instant now) {
    return signIn(user, new Client(clientId, refreshable), now);
  }

  private Tokens signIn(String user, Client client, Instant now) {
    return issue(new Session(user, now.plus(sessionLifetime), new AtomicBoolean()), client, now);
  }

  /** The user who says yes to everything at once, as one whose browser knows the answer. */
  synchronized Optional<String> userWhoAllowsAtOnce() {
    return autoAllowedAfter == 0 ? Optional.ofNullable(autoAllowed) : Optional.empty();
  }

  synchronized Tokens tokensOfRefresh(String token, String clientId, Instant now) {
    RefreshToken known = refreshTokens.get(token);
    if (known == null || !known.clientId().equals(clientId) || known.session().isOver(now)) {
      throw SsoOidc.error(OAuthErrors.INVALID_GRANT, "Invalid refresh token");
    }
    if (rotating) {
      refreshTokens.remove(token);
    }
    return issue(known.session(), new Client(clientId, rotating), now);
  }

  private Tokens issue(Session session, Client client, Instant now) {
    Instant expires = now.plus(accessTokenLifetime);
    expires = expires.isAfter(session.ends()) ? session.ends() : expires;
    String access = secrets.urlSafe(200);
    accessTokens.put(access, new AccessToken(session, expires));
    String refresh = null;
    if (client.refreshable()) {
      refresh = secrets.urlSafe(200);
      refreshTokens.put(refresh, new RefreshToken(session, client.id()));
    }
    return new Tokens(access, Duration.between(now, expires).toSeconds(), refresh);
  }

  /** The session of an access token, if the token is valid. */
  synchronized Optional<Session> session(String accessToken, Instant now) {
    return Optional.ofNullable(accessTokens.get(accessToken))
        .filter(token -> !token.session().isOver(now) && now.isBefore(token.expires()))
        .map(AccessToken::session);
  }

  synchronized void signOut(Session session) {
    session.over().set(true);
  }

  synchronized List<Assignment> assignmentsOf(String user) {
    return new ArrayList<>(assignments.getOrDefault(user, Map.of()).values());
  }

  synchronized boolean hasAccount(String account) {
    return assignments.values().stream().anyMatch(of -> of.containsKey(account));
  }

  synchronized Credential roleCredential(String user, String account, String role, Instant now) {
    Role behind = role(account, role);
    iam.add(behind);
    return iam.issue(IamPrincipal.session(behind, user), now.plus(roleCredentialLifetime));
  }

  private Role role(String account, String role) {
    String below = region.equals("us-east-1") ? "" : region + "/";
    String digits = "%016x".formatted((startUrl + account + role).hashCode() & 0xffffffffL);
    return Role.of(account, "AWSReservedSSO_" + role + "_" + digits)
        .partition(Partition.ofRegion(region))
        .path("/aws-reserved/sso.amazonaws.com/" + below);
  }
}
