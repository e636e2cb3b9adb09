package dev.atmos.loopback.aws;

import dev.atmos.loopback.AccessKey;
import dev.atmos.loopback.aws.Operation.Api;
import dev.atmos.loopback.http.Answer;
import dev.atmos.loopback.http.Answer.Delivery;
import dev.atmos.loopback.http.CertificateAuthority;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.http.Listener;
import dev.atmos.loopback.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AWS on 127.0.0.1: EKS, STS, the Identity Center (SSO OIDC and its portal), ECR and the metadata
 * endpoints behind one address, by HTTP and by TLS, so that {@code AWS_ENDPOINT_URL} alone leads a
 * client to it. It has the state that a test gives it, verifies every signature, counts and
 * remembers every request, and fails where it is told to.
 *
 * <p>Whatever is not in its state does not exist. Whoever is in it may do everything in its own
 * account, unless it is denied; roles are assumed by those only whom they trust.
 *
 * <p>Safe for use by many threads.
 */
public final class LoopbackAws implements AutoCloseable {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final String BEARER = "bearer ";

  private final Secrets secrets = new Secrets();
  private final Iam iam = new Iam(secrets);
  private final SignatureCheck signatures = new SignatureCheck(iam);
  private final TokenIssuer issuer = new TokenIssuer(secrets);
  private final Eks eks = new Eks(iam);
  private final SsoOidc oidc = new SsoOidc(secrets, this::url);
  private final Metadata metadata = new Metadata(iam, secrets, issuer, this::url);
  private final Map<Api, Service> services = new EnumMap<>(Api.class);
  private final Calls calls = new Calls();
  private final CertificateAuthority authority = CertificateAuthority.create();
  private final Listener listener;
  private volatile InstantSource clock;

  private LoopbackAws(InstantSource clock, int port) throws IOException {
    this.clock = clock;
    services.put(Api.EKS, eks);
    services.put(Api.STS, new Sts(iam, issuer));
    services.put(Api.SSO_OIDC, oidc);
    services.put(Api.SSO, new SsoPortal(oidc));
    services.put(Api.DEVICE_PAGE, new DevicePage(oidc));
    services.put(Api.ECR, new Ecr(iam, secrets));
    services.put(Api.ECR_PUBLIC, new Ecr(iam, secrets));
    services.put(Api.METADATA, metadata::perform);
    listener = Listener.start(port, authority, this::handle);
  }

  /**
   * Starts a stand-in with the system's clock, on a free port.
   *
   * @throws IOException if there is no free port
   */
  public static LoopbackAws start() throws IOException {
    return start(InstantSource.system(), 0);
  }

  /**
   * Starts a stand-in on a free port.
   *
   * @throws IOException if there is no free port
   */
  public static LoopbackAws start(InstantSource clock) throws IOException {
    return start(clock, 0);
  }

  /**
   * Starts a stand-in.
   *
   * @param port the TCP port; 0 takes a free one
   * @throws IOException if the port is taken
   */
  public static LoopbackAws start(InstantSource clock, int port) throws IOException {
    return new LoopbackAws(clock, port);
  }

  // ---- Where it is -----------------------------------------------------------------------------

  /** The address, such as {@code http://127.0.0.1:41231}. */
  public String url() {
    return "http://127.0.0.1:" + listener.port();
  }

  /** The address for TLS, on the same port. */
  public String httpsUrl() {
    return "https://127.0.0.1:" + listener.port();
  }

  /** The certificate to trust, in PEM. */
  public String caPem() {
    return authority.pem();
  }

  /**
   * Starts a proxy that leads every host's name here. Its user closes it.
   *
   * @param credentials user name and password with a colon between; null lets everybody in
   * @throws IOException if there is no free port
   */
  public ConnectProxy startProxy(@Nullable String credentials) throws IOException {
    return ConnectProxy.start(listener, 0, credentials);
  }

  /** Goes by another clock from now on. */
  public LoopbackAws clock(InstantSource other) {
    clock = other;
    return this;
  }

  // ---- What there is ---------------------------------------------------------------------------

  /** There is this user from now on, in place of one of the same ARN. */
  public LoopbackAws add(IamUser user) {
    iam.add(user);
    return this;
  }

  /** There is this role from now on, in place of one of the same ARN. */
  public LoopbackAws add(Role role) {
    iam.add(role);
    return this;
  }

  /** There is this cluster from now on, in place of one of the same ARN. */
  public LoopbackAws add(Cluster cluster) {
    eks.put(cluster);
    return this;
  }

  /** This cluster is gone. */
  public LoopbackAws remove(Cluster cluster) {
    eks.remove(cluster);
    return this;
  }

  /**
   * The instance of the Identity Center with this start URL. It is made if there is none.
   *
   * @param region that of the instance
   */
  public IdentityCenter identityCenter(String startUrl, String region) {
    return oidc.center(startUrl, region, iam);
  }

  /** How long clients of SSO OIDC are registered for, from now on; 90 days unless set. */
  public LoopbackAws registrationLifetime(Duration lifetime) {
    oidc.registrationLifetime(lifetime);
    return this;
  }

  /** What surrounds a program: an instance, a container, a job. */
  public Metadata metadata() {
    return metadata;
  }

  /**
   * Somebody may not do something.
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

  /** Nobody knows this access key any more. */
  public LoopbackAws revoke(String accessKeyId) {
    iam.revoke(accessKeyId);
    return this;
  }

  /** How long session tokens are from now on; 400 characters unless set. */
  public LoopbackAws sessionTokenLength(int length) {
    iam.sessionTokenLength(length);
    return this;
  }

  /** A key that works at this moment, for {@code ApiServer.Builder.accessKeys}. */
  public Optional<AccessKey> accessKey(String accessKeyId) {
    return iam.credential(accessKeyId)
        .filter(known -> !known.isExpired(clock.instant()))
        .map(Credential::key);
  }

  /** A key with all that is known of it, also if it has expired. */
  public Optional<Credential> credential(String accessKeyId) {
    return iam.credential(accessKeyId);
  }

  /** Makes a temporary key for a role, as if it had been assumed. */
  public Credential session(Role role, String sessionName, Duration lifetime) {
    Identity identity = Sts.session(role, sessionName, Map.of(), null, false);
    return iam.issue(identity, clock.instant().plus(lifetime));
  }

  /** A web identity token, as a service account of Kubernetes or a job of GitHub's has one. */
  public String webIdentityToken(String subject, String audience, Duration lifetime) {
    return issuer.issue(
        new TokenIssuer.Claims(httpsUrl() + "/issuer", subject, audience),
        clock.instant(),
        lifetime);
  }

  /** Every secret that it was given or has made until now: none may be found where it isn't due. */
  public List<String> secrets() {
    return secrets.all();
  }

  // ---- What goes wrong -------------------------------------------------------------------------

  /** These go wrong with the next requests of an operation, one each, after those still to come. */
  public LoopbackAws failNext(Operation operation, Fault... faults) {
    calls.failNext(operation, List.of(faults));
    return this;
  }

  /** This goes wrong with every request of an operation, once those of failNext are used up. */
  public LoopbackAws failAlways(Operation operation, Fault fault) {
    calls.failAlways(operation, fault);
    return this;
  }

  /** Nothing goes wrong with an operation any more. */
  public LoopbackAws heal(Operation operation) {
    calls.heal(operation);
    return this;
  }

  /** Holds the requests of an operation until the gate is opened. */
  public Gate hold(Operation operation) {
    return calls.hold(operation);
  }

  // ---- What came in ----------------------------------------------------------------------------

  /** How many requests of an operation came in, answered or not. */
  public int count(Operation operation) {
    return calls.countOf(operation);
  }

  /** Every request that was answered, or left without an answer on purpose, in that order. */
  public List<SeenCall> calls() {
    return calls.all();
  }

  /** Those of an operation. */
  public List<SeenCall> calls(Operation operation) {
    return calls.all().stream().filter(call -> call.operation() == operation).toList();
  }

  /** Tells somebody of every request, before the answer is sent, in the thread that answers. */
  public LoopbackAws onCall(Consumer<SeenCall> listener) {
    calls.listener(listener);
    return this;
  }

  /** Stops it; open connections are closed. */
  @Override
  public void close() {
    listener.close();
  }

  private Answer handle(Request request) throws InterruptedException {
    Operation operation = Routes.operation(request);
    Optional<Fault> fault = calls.arrived(operation);
    Instant now = clock.instant();
    Call call = new Call(operation, request, UUID.randomUUID().toString(), now, signatures);
    Attempt attempt = new Attempt(call);
    Answer answer = fault.isPresent() ? fault.get().answer(attempt) : attempt.perform();
    boolean sent = answer.delivery() == Delivery.WHOLE || answer.delivery() == Delivery.HALF;
    calls.record(
        new SeenCall(
            operation,
            request.method(),
            request.path(),
            request.rawQuery(),
            request.headers(),
            request.body(),
            SignatureCheck.claimedKey(request).orElse(null),
            bearer(request).orElse(null),
            sent ? answer.status() : 0));
    return answer.headers().containsKey("Date") ? answer : answer.header("Date", DATE.format(now));
  }

  static Optional<String> bearer(Request request) {
    return request
        .header("x-amz-sso_bearer_token")
        .or(() ->
            request
                .header("authorization")
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).trim()));
  }

  private final class Attempt implements Fault.Attempt {
    private final Call call;

    Attempt(Call call) {
      this.call = call;
    }

    @Override
    public Operation operation() {
      return call.operation();
    }

    @Override
    public Answer perform() {
      try {
        Service service = services.get(call.operation().api());
        if (service == null) {
          throw new AwsException(
              404, "UnknownOperationException", "No such operation: " + call.request());
        }
        return service.perform(call);
      } catch (AwsException e) {
        return call.error(e);
      }
    }

    @Override
    public Answer error(int status, String code, String message) {
      return call.error(new AwsException(status, code, message));
    }
  }
}
