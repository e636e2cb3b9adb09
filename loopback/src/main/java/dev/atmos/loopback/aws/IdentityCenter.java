package dev.atmos.loopback.aws;

import dev.atmos.loopback.Partition;
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
import org.jspecify.annotations.Nullable;

/**
 * An instance of IAM Identity Center: who may take which role in which account, and who is signed
 * in. It is made by {@link LoopbackAws#identityCenter}; what is set here holds from then on.
 *
 * <p>Safe for use by many threads.
 */
public final class IdentityCenter {
  private static final int SLOWER_SECONDS = 5;

  /** An account that somebody may sign in to, and the roles there. */
  record Assignment(String account, String name, Set<String> roles) {}

  /** Somebody who is signed in, until the session ends. */
  static final class Session {
    private final String user;
    private final Instant ends;
    private boolean over;

    private Session(String user, Instant ends) {
      this.user = user;
      this.ends = ends;
    }

    String user() {
      return user;
    }
  }

  /** What a client is given when it has been allowed in. */
  record Tokens(String accessToken, long expiresIn, @Nullable String refreshToken) {}

  private record AccessToken(Session session, Instant expires) {}

  private record RefreshToken(Session session, String clientId) {}

  private enum State {
    PENDING,
    ALLOWED,
    DENIED,
    USED
  }

  private static final class Flow {
    private final String clientId;
    private final boolean refreshable;
    private final String userCode;
    private final Instant expires;
    private long interval;
    private State state = State.PENDING;
    private String user = "";
    private int polls;
    private @Nullable Instant lastPoll;

    private Flow(
        String clientId, boolean refreshable, String userCode, Instant expires, long interval) {
      this.clientId = clientId;
      this.refreshable = refreshable;
      this.userCode = userCode;
      this.expires = expires;
      this.interval = interval;
    }
  }

  private final String startUrl;
  private final String region;
  private final Iam iam;
  private final Secrets secrets;
  private final Map<String, Map<String, Assignment>> assignments = new LinkedHashMap<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
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

  IdentityCenter(String startUrl, String region, Iam iam, Secrets secrets) {
    this.startUrl = startUrl;
    this.region = region;
    this.iam = iam;
    this.secrets = secrets;
  }

  // ---- What a test sets ------------------------------------------------------------------------

  /** Somebody may take these roles in this account, beside what was assigned before. */
  public synchronized IdentityCenter assign(
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

  /** Somebody may not go into this account any more. */
  public synchronized IdentityCenter unassign(String user, String account) {
    Map<String, Assignment> of = assignments.get(user);
    if (of != null) {
      of.remove(account);
    }
    return this;
  }

  /** How long access tokens live; an hour unless set. */
  public synchronized IdentityCenter accessTokenLifetime(Duration lifetime) {
    accessTokenLifetime = lifetime;
    return this;
  }

  /** How long somebody stays signed in, refreshed or not; seven days unless set. */
  public synchronized IdentityCenter sessionLifetime(Duration lifetime) {
    sessionLifetime = lifetime;
    return this;
  }

  /** How long the credentials of roles live; an hour unless set. */
  public synchronized IdentityCenter roleCredentialLifetime(Duration lifetime) {
    roleCredentialLifetime = lifetime;
    return this;
  }

  /** How long somebody has to say yes; ten minutes unless set. */
  public synchronized IdentityCenter deviceCodeLifetime(Duration lifetime) {
    deviceCodeLifetime = lifetime;
    return this;
  }

  /** How many seconds clients are to wait between two questions; 1 unless set. */
  public synchronized IdentityCenter interval(long seconds) {
    interval = seconds;
    return this;
  }

  /** Whether a refresh token works once only and gives a new one; so it does unless set. */
  public synchronized IdentityCenter rotating(boolean rotates) {
    rotating = rotates;
    return this;
  }

  /**
   * Whether who asks again before the interval is over, by the stand-in's clock, is told {@code
   * slow_down}, which makes the interval five seconds longer. Not unless set.
   */
  public synchronized IdentityCenter strictPolling(boolean strict) {
    strictPolling = strict;
    return this;
  }

  /** This user says yes to everything, once a client has asked so many times in vain. */
  public synchronized IdentityCenter autoAllow(String user, int afterPolls) {
    autoAllowed = user;
    autoAllowedAfter = afterPolls;
    return this;
  }

  /** The codes that nobody has said yes or no to, in the order in which they were given out. */
  public synchronized List<String> pendingUserCodes() {
    return flows.values().stream()
        .filter(flow -> flow.state == State.PENDING)
        .map(flow -> flow.userCode)
        .toList();
  }

  /** The first user that was assigned anything says yes to a code. */
  public synchronized void allow(String userCode) {
    allow(userCode, assignments.keySet().iterator().next());
  }

  /** This user says yes to a code. */
  public synchronized void allow(String userCode, String user) {
    Flow flow = pending(userCode).orElseThrow(() -> unknown(userCode));
    flow.state = State.ALLOWED;
    flow.user = user;
  }

  /** Somebody says no to a code. */
  public synchronized void deny(String userCode) {
    pending(userCode).orElseThrow(() -> unknown(userCode)).state = State.DENIED;
  }

  /** Ends every session: no token of now is taken any more. */
  public synchronized IdentityCenter revokeSessions() {
    accessTokens.values().forEach(token -> token.session().over = true);
    return this;
  }

  /** No access token of now is taken any more; refresh tokens are. */
  public synchronized IdentityCenter revokeAccessTokens() {
    accessTokens.clear();
    return this;
  }

  /** The ARN of the IAM role behind an assigned role, to be trusted by others. */
  public String roleArn(String account, String role) {
    return role(account, role).arn();
  }

  /** The start URL. */
  public String startUrl() {
    return startUrl;
  }

  // ---- What the services ask -------------------------------------------------------------------

  String region() {
    return region;
  }

  synchronized Optional<String> firstUser() {
    return assignments.keySet().stream().findFirst();
  }

  synchronized boolean isPending(String userCode) {
    return pending(userCode).isPresent();
  }

  private Optional<Flow> pending(String userCode) {
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

  /** Begins a device flow; the answer is that of StartDeviceAuthorization, without the page. */
  synchronized Map<String, Object> startFlow(
      String clientId, boolean refreshable, String userCode, Instant now) {
    String deviceCode = secrets.urlSafe(86);
    flows.put(
        deviceCode,
        new Flow(clientId, refreshable, userCode, now.plus(deviceCodeLifetime), interval));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("deviceCode", deviceCode);
    answer.put("userCode", userCode);
    answer.put("expiresIn", deviceCodeLifetime.toSeconds());
    answer.put("interval", interval);
    return answer;
  }

  synchronized Tokens tokensOfDevice(String deviceCode, String clientId, Instant now) {
    Flow flow = flows.get(deviceCode);
    if (flow == null || !flow.clientId.equals(clientId) || flow.state == State.USED) {
      throw SsoOidc.error("invalid_grant", "Invalid device code");
    }
    if (!now.isBefore(flow.expires)) {
      throw SsoOidc.error("expired_token", "Device code has expired");
    }
    Instant last = flow.lastPoll;
    flow.lastPoll = now;
    if (strictPolling && last != null && now.isBefore(last.plusSeconds(flow.interval))) {
      flow.interval += SLOWER_SECONDS;
      throw SsoOidc.error("slow_down", "Too many requests");
    }
    String auto = autoAllowed;
    if (auto != null && flow.state == State.PENDING && flow.polls >= autoAllowedAfter) {
      flow.state = State.ALLOWED;
      flow.user = auto;
    }
    flow.polls++;
    return switch (flow.state) {
      case DENIED -> throw SsoOidc.error("access_denied", "The user has said no");
      case ALLOWED -> {
        flow.state = State.USED;
        Session session = new Session(flow.user, now.plus(sessionLifetime));
        yield issue(session, clientId, flow.refreshable, now);
      }
      default -> throw SsoOidc.error("authorization_pending", "Authorization is still pending");
    };
  }

  synchronized Tokens tokensOfRefresh(String token, String clientId, Instant now) {
    RefreshToken known = refreshTokens.get(token);
    if (known == null
        || !known.clientId().equals(clientId)
        || known.session().over
        || !now.isBefore(known.session().ends)) {
      throw SsoOidc.error("invalid_grant", "Invalid refresh token");
    }
    if (rotating) {
      refreshTokens.remove(token);
    }
    return issue(known.session(), clientId, rotating, now);
  }

  private Tokens issue(Session session, String clientId, boolean withRefreshToken, Instant now) {
    Instant expires = now.plus(accessTokenLifetime);
    expires = expires.isAfter(session.ends) ? session.ends : expires;
    String access = secrets.urlSafe(200);
    accessTokens.put(access, new AccessToken(session, expires));
    String refresh = null;
    if (withRefreshToken) {
      refresh = secrets.urlSafe(200);
      refreshTokens.put(refresh, new RefreshToken(session, clientId));
    }
    return new Tokens(access, Duration.between(now, expires).toSeconds(), refresh);
  }

  /** Who has this access token, if it is good. */
  synchronized Optional<Session> session(String accessToken, Instant now) {
    return Optional.ofNullable(accessTokens.get(accessToken))
        .filter(token -> !token.session().over && now.isBefore(token.expires()))
        .map(AccessToken::session);
  }

  synchronized void signOut(Session session) {
    session.over = true;
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
    return iam.issue(
        Sts.session(behind, user, Map.of(), null, false), now.plus(roleCredentialLifetime));
  }

  private Role role(String account, String role) {
    String below = region.equals("us-east-1") ? "" : region + "/";
    String digits = "%016x".formatted((startUrl + account + role).hashCode() & 0xffffffffL);
    return Role.of(account, "AWSReservedSSO_" + role + "_" + digits)
        .partition(Partition.ofRegion(region))
        .path("/aws-reserved/sso.amazonaws.com/" + below);
  }
}
