package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.OidcIssuer;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.iam.SignatureVerifier;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.protocol.Operation.Api;
import dev.atmos.loopback.aws.service.AwsCall;
import dev.atmos.loopback.aws.service.AwsService;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.aws.service.ConsoleFederation;
import dev.atmos.loopback.aws.service.ConsoleSignInPage;
import dev.atmos.loopback.aws.service.DevicePage;
import dev.atmos.loopback.aws.service.Ecr;
import dev.atmos.loopback.aws.service.EcrRegistry;
import dev.atmos.loopback.aws.service.Eks;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.loopback.aws.service.OidcAuthorizePage;
import dev.atmos.loopback.aws.service.SsoOidc;
import dev.atmos.loopback.aws.service.SsoPortal;
import dev.atmos.loopback.aws.service.Sts;
import dev.atmos.loopback.aws.service.WorkloadMetadata;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.LoopbackServer;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.http.ServerResponse.Delivery;
import dev.atmos.loopback.http.TestCertificateAuthority;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AWS on 127.0.0.1: EKS, STS, the Identity Center (SSO OIDC and its portal), the console's sign-in,
 * ECR with its registries, and the metadata endpoints behind one address, by HTTP and by TLS, so
 * that {@code AWS_ENDPOINT_URL} alone leads a client to it. It has the state that a test gives it,
 * verifies every signature, counts and records every request, and fails where a test wants it to.
 *
 * <p>What a test does not add does not exist. A principal may do everything in its own account
 * unless it is denied; a role can be assumed only by principals that it trusts.
 *
 * <p>Safe for use by many threads.
 */
public final class LoopbackAws implements AutoCloseable {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SecretRegistry secrets = new SecretRegistry();
  private final Iam iam = new Iam(secrets);
  private final SignatureVerifier signatures = new SignatureVerifier(iam);
  private final OidcIssuer issuer = new OidcIssuer(secrets);
  private final Eks eks = new Eks(iam);
  private final SsoOidc oidc = new SsoOidc(secrets, this::url);
  private final SsoPortal portal = new SsoPortal(oidc);
  private final ConsoleSignInPage console = new ConsoleSignInPage(iam, secrets, this::url);
  private final WorkloadMetadata metadata = new WorkloadMetadata(iam, secrets, issuer, this::url);
  private final Map<Api, AwsService> services = new EnumMap<>(Api.class);
  private final RequestLog log = new RequestLog();
  private final TestCertificateAuthority authority = TestCertificateAuthority.create();
  private final LoopbackServer server;
  private volatile InstantSource clock;

  private LoopbackAws(InstantSource clock, int port, List<String> hosts) throws IOException {
    this.clock = clock;
    services.put(Api.EKS, eks);
    services.put(Api.STS, new Sts(iam, issuer));
    services.put(Api.SSO_OIDC, oidc);
    services.put(Api.SSO, portal);
    services.put(Api.DEVICE_PAGE, new DevicePage(oidc));
    services.put(Api.AUTHORIZE_PAGE, new OidcAuthorizePage(oidc));
    services.put(Api.SIGN_IN, console);
    services.put(Api.FEDERATION, new ConsoleFederation(iam, secrets));
    Ecr ecr = new Ecr(iam, secrets);
    services.put(Api.ECR, ecr);
    services.put(Api.ECR_PUBLIC, ecr);
    services.put(Api.REGISTRY, new EcrRegistry(ecr));
    services.put(Api.METADATA, metadata);
    server = LoopbackServer.start(port, authority, hosts, this::handle);
  }

  /**
   * Starts a stand-in with the system's clock, on a free port.
   *
   * @throws IOException if no port is free
   */
  public static LoopbackAws start() throws IOException {
    return start(InstantSource.system());
  }

  /**
   * Starts a stand-in on a free port.
   *
   * @throws IOException if no port is free
   */
  public static LoopbackAws start(InstantSource clock) throws IOException {
    return start(clock, 0, List.of());
  }

  /**
   * Starts a stand-in.
   *
   * @param port the TCP port; 0 takes a free one
   * @param hosts names of AWS's hosts that lead to it, which its certificate has as well
   * @throws IOException if the port is taken
   */
  public static LoopbackAws start(InstantSource clock, int port, List<String> hosts)
      throws IOException {
    return new LoopbackAws(clock, port, hosts);
  }

  // ---- Address ---------------------------------------------------------------------------------

  /** The address, such as {@code http://127.0.0.1:41231}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The TCP port. */
  public int port() {
    return server.port();
  }

  /** The address for TLS, on the same port. */
  public String httpsUrl() {
    return "https://127.0.0.1:" + port();
  }

  /** The certificate to trust, in PEM. */
  public String caPem() {
    return authority.pem();
  }

  /**
   * Starts a proxy that leads every host name here. The caller closes it.
   *
   * @param credentials user name and password with a colon between; null requires none
   * @throws IOException if no port is free
   */
  public ConnectProxy startProxy(@Nullable String credentials) throws IOException {
    return ConnectProxy.start(server, 0, credentials);
  }

  /** Uses another clock from now on. */
  public LoopbackAws clock(InstantSource other) {
    clock = other;
    return this;
  }

  // ---- State -----------------------------------------------------------------------------------

  /** Adds a user, in place of one of the same ARN. */
  public LoopbackAws add(IamUser user) {
    iam.add(user);
    return this;
  }

  /** Adds a role, in place of one of the same ARN. */
  public LoopbackAws add(Role role) {
    iam.add(role);
    return this;
  }

  /** Adds a cluster, in place of one of the same ARN. */
  public LoopbackAws add(Cluster cluster) {
    eks.put(cluster);
    return this;
  }

  /** Removes a cluster. */
  public LoopbackAws remove(Cluster cluster) {
    eks.remove(cluster);
    return this;
  }

  /** Has accounts no other regions of EKS than these: others don't know their credentials. */
  public LoopbackAws enabledRegions(String... names) {
    eks.enabledRegions(List.of(names));
    return this;
  }

  /**
   * Sets who may use a cluster; by default, its mode is {@code API} and it has no entries.
   *
   * @param mode {@code API}, {@code API_AND_CONFIG_MAP} or {@code CONFIG_MAP}
   * @param principals the ARNs of its access entries
   */
  public LoopbackAws access(Cluster cluster, String mode, String... principals) {
    eks.access(cluster, mode, List.of(principals));
    return this;
  }

  /**
   * The instance of the Identity Center with this start URL. It is created if it does not exist.
   *
   * @param region that of the instance
   */
  public IdentityCenterInstance identityCenter(String startUrl, String region) {
    return oidc.center(startUrl, region, iam);
  }

  /** Sets how long clients of SSO OIDC are registered for; 90 days by default. */
  public LoopbackAws registrationLifetime(Duration lifetime) {
    oidc.registrationLifetime(lifetime);
    return this;
  }

  /**
   * Has the portal of the Identity Center answer 429 to what comes faster than so many calls a
   * second, after a burst of as many. AWS takes about 20; without this, nothing is refused.
   */
  public LoopbackAws limitPortal(int callsPerSecond) {
    portal.limit(callsPerSecond);
    return this;
  }

  /** The console's sign-in for programs ({@code aws login}). */
  public ConsoleSignInPage console() {
    return console;
  }

  /** What a workload finds around it: an instance, a container, a job. */
  public WorkloadMetadata metadata() {
    return metadata;
  }

  /**
   * Denies an operation to a principal.
   *
   * @param principal the ARN of a user, a role or a session; {@code *} is everybody
   */
  public LoopbackAws deny(String principal, Operation operation) {
    iam.deny(principal, operation);
    return this;
  }

  /** Takes a denial back. */
  public LoopbackAws allow(String principal, Operation operation) {
    iam.allow(principal, operation);
    return this;
  }

  /** Deletes an access key. */
  public LoopbackAws revoke(String accessKeyId) {
    iam.revoke(accessKeyId);
    return this;
  }

  /** A key that is valid now, for {@code ApiServer.Builder.accessKeys}. */
  public Optional<AccessKey> accessKey(String accessKeyId) {
    return iam.credential(accessKeyId)
        .filter(known -> !known.isExpired(clock.instant()))
        .map(Credential::key);
  }

  /** A key and its principal, even if it has expired. */
  public Optional<Credential> credential(String accessKeyId) {
    return iam.credential(accessKeyId);
  }

  /** Issues a temporary key for a role, as if the role had been assumed. */
  public Credential session(Role role, String sessionName, Duration lifetime) {
    IamPrincipal principal = IamPrincipal.session(role, sessionName);
    return iam.issue(principal, clock.instant().plus(lifetime));
  }

  /** A web identity token, as a Kubernetes service account or a GitHub job has one. */
  public String webIdentityToken(String subject, String audience, Duration lifetime) {
    OidcIssuer.Claims claims = new OidcIssuer.Claims(httpsUrl() + "/issuer", subject, audience);
    return issuer.issue(claims, clock.instant(), lifetime);
  }

  /** Every secret that it was given or has issued: none may turn up where it doesn't belong. */
  public List<String> secrets() {
    return secrets.all();
  }

  // ---- Faults ----------------------------------------------------------------------------------

  /** Fails the next requests of an operation, one fault each, after the faults already queued. */
  public LoopbackAws failNext(Operation operation, Fault... faults) {
    log.failNext(operation, List.of(faults));
    return this;
  }

  /** Fails every request of an operation, once the faults of failNext are used up. */
  public LoopbackAws failAlways(Operation operation, Fault fault) {
    log.failAlways(operation, fault);
    return this;
  }

  /** Removes all faults of an operation. */
  public LoopbackAws heal(Operation operation) {
    log.heal(operation);
    return this;
  }

  /** Holds the requests of an operation until the gate is opened. */
  public RequestGate hold(Operation operation) {
    return log.hold(operation);
  }

  // ---- Requests --------------------------------------------------------------------------------

  /** How many requests of an operation came in, answered or not. */
  public int count(Operation operation) {
    return log.countOf(operation);
  }

  /** Every request that was answered, or left unanswered on purpose, in that order. */
  public List<RecordedCall> calls() {
    return log.all();
  }

  /** Every such request of an operation. */
  public List<RecordedCall> calls(Operation operation) {
    return log.all().stream().filter(call -> call.operation() == operation).toList();
  }

  /** Calls a listener with every request, before the answer is sent, in the thread that answers. */
  public LoopbackAws onCall(Consumer<RecordedCall> listener) {
    log.listener(listener);
    return this;
  }

  /** Stops it and closes open connections. */
  @Override
  public void close() {
    server.close();
  }

  private ServerResponse handle(ServerRequest request) throws InterruptedException {
    Operation operation = OperationRouter.operation(request);
    Optional<Fault> fault = log.arrived(operation);
    Instant now = clock.instant();
    AwsCall call = new AwsCall(operation, request, UUID.randomUUID().toString(), now, signatures);
    InterceptedCall intercepted = new InterceptedCall(call, services);
    ServerResponse response =
        fault.isPresent() ? fault.get().answer(intercepted) : intercepted.perform();
    boolean sent = response.delivery() == Delivery.WHOLE || response.delivery() == Delivery.HALF;
    log.record(RecordedCall.of(operation, request, sent ? response.status() : 0));
    return response.headers().containsKey("Date")
        ? response
        : response.header("Date", DATE.format(now));
  }
}
