package dev.atmos.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.atmos.loopback.http.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server on 127.0.0.1, over TLS, as much of one as {@code kubectl get pods},
 * {@code kubectl auth whoami} and {@code kubectl get --raw /healthz} need. It lets nobody in whose
 * bearer token {@link TokenVerifier} refuses for the server's own cluster name and the access keys
 * that it knows. It speaks TLS because kubectl runs no exec plugin for a plain http server.
 *
 * <p>Safe for use by many threads.
 */
public final class ApiServer implements AutoCloseable {
  private static final Set<String> PUBLIC_PATHS =
      Set.of("/healthz", "/livez", "/readyz", "/version");
  private static final String BEARER = "bearer ";

  /**
   * A pod to list.
   *
   * @param phase what kubectl shows as its status
   */
  public record Pod(String namespace, String name, String phase) {}

  /**
   * A request that came in, with what became of it.
   *
   * @param path with the query, as sent
   * @param userAgent empty if there was none
   * @param tokenSha256 of the bearer token, in hexadecimal; null if there was none
   * @param token what the bearer token says; null if there was none or it was refused outright
   * @param verdict {@code no token}, {@code accepted}, {@code refused on demand} or {@code
   *     refused:} with rule and message
   * @param status the HTTP status of the answer
   */
  public record SeenRequest(
      String method,
      String path,
      String userAgent,
      @Nullable String tokenSha256,
      @Nullable VerifiedToken token,
      String verdict,
      int status) {

    /** Whether it came with a token that was accepted. */
    public boolean isAccepted() {
      return verdict.equals("accepted");
    }
  }

  private record Caller(
      @Nullable String tokenSha256, @Nullable VerifiedToken token, String verdict) {
    boolean isAccepted() {
      return verdict.equals("accepted");
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer json(int status, Map<String, Object> body) {
      return new Answer(status, "application/json", Json.write(body) + "\n");
    }

    /** The error object of Kubernetes (API conventions, "Response Status Kind"). */
    static Answer failure(int status, String reason, String message) {
      return json(
          status,
          Json.object(
              "kind",
              "Status",
              "apiVersion",
              "v1",
              "metadata",
              Json.object(),
              "status",
              "Failure",
              "message",
              message,
              "reason",
              reason,
              "code",
              status));
    }

    static Answer notFound() {
      return failure(404, "NotFound", "the server could not find the requested resource");
    }
  }

  private final String clusterName;
  private final TokenVerifier verifier;
  private final Function<String, Optional<AccessKey>> accessKeys;
  private final Clock clock;
  private final Consumer<SeenRequest> listener;
  private final String caPem;
  private final HttpsServer server;
  private final ExecutorService threads;
  private final Instant podsCreatedAt;
  private final AtomicInteger toRefuse = new AtomicInteger();
  private final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
  private volatile List<Pod> pods;

  private ApiServer(Builder builder) throws IOException {
    clusterName = builder.clusterName;
    clock = builder.clock;
    verifier = new TokenVerifier(builder.partition, builder.ownRegion, clock);
    Map<String, AccessKey> own = Map.copyOf(builder.accessKeys);
    Function<String, Optional<AccessKey>> others = builder.moreAccessKeys;
    accessKeys = id -> Optional.ofNullable(own.get(id)).or(() -> others.apply(id));
    listener = builder.listener;
    pods = List.copyOf(builder.pods);
    podsCreatedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(5));
    CertificateAuthority authority = CertificateAuthority.create();
    caPem = authority.pem();
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    server = HttpsServer.create(new InetSocketAddress(loopback, builder.port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server("127.0.0.1", "localhost")));
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** A server for a cluster of this name: only tokens that are signed for it are accepted. */
  public static Builder forCluster(String clusterName) {
    return new Builder(clusterName);
  }

  /** What to set before a server starts. */
  public static final class Builder {
    private final String clusterName;
    private final Map<String, AccessKey> accessKeys = new HashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private Function<String, Optional<AccessKey>> moreAccessKeys = id -> Optional.empty();
    private Partition partition = Partition.AWS;
    private @Nullable String ownRegion;
    private Clock clock = Clock.systemUTC();
    private int port;
    private Consumer<SeenRequest> listener = request -> {};

    private Builder(String clusterName) {
      this.clusterName = clusterName;
    }

    /** Lets in who signs with this long-lived key, without a session token. */
    public Builder accessKey(String accessKeyId, String secretAccessKey) {
      accessKeys.put(accessKeyId, new AccessKey(accessKeyId, secretAccessKey));
      return this;
    }

    /** Lets in who signs with this temporary key, with exactly this session token. */
    public Builder accessKey(String accessKeyId, String secretAccessKey, String sessionToken) {
      accessKeys.put(accessKeyId, new AccessKey(accessKeyId, secretAccessKey, sessionToken));
      return this;
    }

    /** Lets in who signs with a key that is found here at that moment, beside the others. */
    public Builder accessKeys(Function<String, Optional<AccessKey>> accessKeys) {
      this.moreAccessKeys = accessKeys;
      return this;
    }

    /** The cluster's partition; {@link Partition#AWS} unless set. */
    public Builder partition(Partition partition) {
      this.partition = partition;
      return this;
    }

    /** The cluster's own region, as {@link TokenVerifier} takes it. */
    public Builder ownRegion(String region) {
      this.ownRegion = region;
      return this;
    }

    /** The server's and STS's clock; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The TCP port; 0, which is what it is unless set, takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Adds a pod in the phase Running. */
    public Builder pod(String namespace, String name) {
      pods.add(new Pod(namespace, name, "Running"));
      return this;
    }

    /** Is told of every request, before the answer is sent, by the thread that answers. */
    public Builder listener(Consumer<SeenRequest> listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IOException if the port is taken
     */
    public ApiServer start() throws IOException {
      ApiServer server = new ApiServer(this);
      server.server.start();
      return server;
    }
  }

  /** The server's address, such as {@code https://127.0.0.1:41231}. */
  public String url() {
    return "https://127.0.0.1:" + port();
  }

  /** The TCP port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * The certificate to trust, in PEM. It is valid for a week; this server has the only use of it.
   */
  public String caPem() {
    return caPem;
  }

  /** The name that tokens must be signed for. */
  public String clusterName() {
    return clusterName;
  }

  /** Every request until now, in the order of their answers. */
  public List<SeenRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many requests came with a token that was accepted. */
  public long acceptedCount() {
    return requests.stream().filter(SeenRequest::isAccepted).count();
  }

  /** How many requests were answered 401. */
  public long unauthorizedCount() {
    return requests.stream().filter(request -> request.status() == 401).count();
  }

  /** How many different tokens were accepted. */
  public long acceptedTokenCount() {
    return requests.stream()
        .filter(SeenRequest::isAccepted)
        .map(SeenRequest::tokenSha256)
        .distinct()
        .count();
  }

  /** Answers 401 to the next requests whose token would be accepted, as many as this. */
  public void refuseNext(int count) {
    toRefuse.set(count);
  }

  /** Lists these pods from now on. */
  public void pods(List<Pod> pods) {
    this.pods = List.copyOf(pods);
  }

  /**
   * The text of a kubeconfig whose current context is this server, with one user, {@code
   * atmos-eks-NAME}, that runs an exec plugin. NAME is the argument after {@code --identity}, or
   * the cluster's name.
   *
   * @param command the plugin: a path, or a name on kubectl's PATH
   * @param args its arguments, one by one
   * @param execApiVersion {@code client.authentication.k8s.io/v1} or {@code .../v1beta1}
   * @param interactiveMode {@code Never}, {@code IfAvailable} or {@code Always}; null leaves it
   *     out, which v1 does not allow
   * @param env variables for the plugin, beside those of kubectl
   */
  public String kubeconfig(
      String command,
      List<String> args,
      String execApiVersion,
      @Nullable String interactiveMode,
      Map<String, String> env) {
    return Kubeconfig.text(
        url(), caPem, clusterName, command, args, execApiVersion, interactiveMode, env);
  }

  /** Stops the server; open connections are closed. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      Caller caller = caller(exchange.getRequestHeaders().getFirst("Authorization"));
      boolean anonymous = caller.tokenSha256() == null && PUBLIC_PATHS.contains(path);
      Answer answer =
          caller.isAccepted() || anonymous
              ? answer(exchange, method, path, caller)
              : Answer.failure(401, "Unauthorized", "Unauthorized");
      SeenRequest seen =
          new SeenRequest(
              method,
              exchange.getRequestURI().toString(),
              Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("User-Agent"), ""),
              caller.tokenSha256(),
              caller.token(),
              caller.verdict(),
              answer.status());
      requests.add(seen);
      listener.accept(seen);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-cache, private");
      boolean head = method.equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Caller caller(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Caller(null, null, "no token");
    }
    String text = authorization.substring(BEARER.length()).trim();
    VerifiedToken token = null;
    try {
      token = verifier.verify(text);
      verifier.verifySignature(
          token, clusterName, id -> accessKeys.apply(id).map(AccessKey::secret));
      checkSessionToken(token);
    } catch (InvalidTokenException e) {
      return new Caller(sha256(text), token, "refused: " + e.rule() + " " + e.getMessage());
    }
    boolean refuse = toRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    return new Caller(sha256(text), token, refuse ? "refused on demand" : "accepted");
  }

  private void checkSessionToken(VerifiedToken token) {
    Optional<AccessKey> key = accessKeys.apply(token.accessKeyId());
    if (key.isEmpty() || !Objects.equals(key.get().sessionToken(), token.sessionToken())) {
      throw new InvalidTokenException(
          InvalidTokenException.STS, "The security token included in the request is invalid");
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer answer(HttpExchange exchange, String method, String path, Caller caller) {
    if (path.startsWith("/apis/authentication.k8s.io/") && path.endsWith("/selfsubjectreviews")) {
      return method.equals("POST") ? whoAmI(path, caller) : notAllowed();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return notAllowed();
    }
    return switch (path) {
      case "/healthz", "/livez", "/readyz" -> new Answer(200, "text/plain; charset=utf-8", "ok");
      case "/version" -> version();
      case "/api" ->
          Answer.json(200, Json.object("kind", "APIVersions", "versions", List.of("v1")));
      case "/apis" -> groups();
      case "/api/v1" -> coreResources();
      case "/apis/authentication.k8s.io/v1" -> authenticationResources("v1");
      case "/apis/authentication.k8s.io/v1beta1" -> authenticationResources("v1beta1");
      default -> pods(exchange, path);
    };
  }

  private static Answer notAllowed() {
    return Answer.failure(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  private static Answer version() {
    return Answer.json(
        200,
        Json.object(
            "major", "1",
            "minor", "32",
            "gitVersion", "v1.32.0-loopback",
            "gitCommit", "",
            "gitTreeState", "clean",
            "buildDate", "1970-01-01T00:00:00Z",
            "goVersion", "none",
            "compiler", "javac",
            "platform", "loopback"));
  }

  private static Answer groups() {
    List<Object> versions = new ArrayList<>();
    for (String version : List.of("v1", "v1beta1")) {
      versions.add(
          Json.object("groupVersion", "authentication.k8s.io/" + version, "version", version));
    }
    return Answer.json(
        200,
        Json.object(
            "kind",
            "APIGroupList",
            "apiVersion",
            "v1",
            "groups",
            List.of(
                Json.object(
                    "name",
                    "authentication.k8s.io",
                    "versions",
                    versions,
                    "preferredVersion",
                    versions.getFirst()))));
  }

  private static Answer coreResources() {
    return resources(
        "v1",
        Json.object(
            "name",
            "pods",
            "singularName",
            "pod",
            "namespaced",
            true,
            "kind",
            "Pod",
            "verbs",
            List.of("get", "list"),
            "shortNames",
            List.of("po"),
            "categories",
            List.of("all")));
  }

  private static Answer authenticationResources(String version) {
    return resources(
        "authentication.k8s.io/" + version,
        Json.object(
            "name", "selfsubjectreviews",
            "singularName", "selfsubjectreview",
            "namespaced", false,
            "kind", "SelfSubjectReview",
            "verbs", List.of("create")));
  }

  private static Answer resources(String groupVersion, Map<String, Object> resource) {
    return Answer.json(
        200,
        Json.object(
            "kind",
            "APIResourceList",
            "apiVersion",
            "v1",
            "groupVersion",
            groupVersion,
            "resources",
            List.of(resource)));
  }

  private Answer whoAmI(String path, Caller caller) {
    String accessKeyId = caller.token() == null ? "" : caller.token().accessKeyId();
    String[] parts = path.split("/", -1);
    return Answer.json(
        201,
        Json.object(
            "kind",
            "SelfSubjectReview",
            "apiVersion",
            "authentication.k8s.io/" + parts[3],
            "metadata",
            Json.object(
                "creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
            "status",
            Json.object(
                "userInfo",
                Json.object(
                    "username",
                    "aws:" + accessKeyId,
                    "uid",
                    accessKeyId,
                    "groups",
                    List.of("system:authenticated"),
                    "extra",
                    Json.object("accessKeyId", List.of(accessKeyId))))));
  }

  /** {@code /api/v1/pods}, {@code /api/v1/namespaces/NS/pods} and one pod below the latter. */
  private Answer pods(HttpExchange exchange, String path) {
    String[] parts = path.split("/", -1);
    boolean everywhere = path.equals("/api/v1/pods");
    boolean named = parts.length == 7;
    boolean inNamespace =
        path.startsWith("/api/v1/namespaces/")
            && (named || parts.length == 6)
            && parts[5].equals("pods");
    if (!everywhere && !inNamespace) {
      return Answer.notFound();
    }
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null && (query.contains("watch=true") || query.contains("watch=1"))) {
      return notAllowed();
    }
    List<Pod> found =
        pods.stream()
            .filter(pod -> everywhere || pod.namespace().equals(parts[4]))
            .filter(pod -> !named || pod.name().equals(parts[6]))
            .toList();
    if (named && found.isEmpty()) {
      return Answer.failure(404, "NotFound", "pods \"" + parts[6] + "\" not found");
    }
    String accept = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "");
    if (accept.contains("as=Table")) {
      return Answer.json(200, table(found));
    }
    if (named) {
      return Answer.json(200, pod(found.getFirst()));
    }
    return Answer.json(
        200,
        Json.object(
            "kind",
            "PodList",
            "apiVersion",
            "v1",
            "metadata",
            Json.object("resourceVersion", "1"),
            "items",
            found.stream().map(this::pod).toList()));
  }

  private Map<String, Object> metadata(Pod pod) {
    return Json.object(
        "name", pod.name(),
        "namespace", pod.namespace(),
        "uid", pod.namespace() + "-" + pod.name(),
        "resourceVersion", "1",
        "creationTimestamp", podsCreatedAt.toString());
  }

  private Map<String, Object> pod(Pod pod) {
    return Json.object(
        "kind", "Pod",
        "apiVersion", "v1",
        "metadata", metadata(pod),
        "spec",
            Json.object(
                "containers", List.of(Json.object("name", "main", "image", "example.com/main:1"))),
        "status", Json.object("phase", pod.phase()));
  }

  /**
   * The rendering that kubectl asks for (Kubernetes API concepts, "Receiving resources as Tables").
   */
  private Map<String, Object> table(List<Pod> found) {
    List<Object> columns = new ArrayList<>();
    for (String name : List.of("Name", "Ready", "Status", "Restarts", "Age")) {
      columns.add(
          Json.object(
              "name",
              name,
              "type",
              "string",
              "format",
              name.equals("Name") ? "name" : "",
              "description",
              name,
              "priority",
              0));
    }
    String age = Duration.between(podsCreatedAt, clock.instant()).toMinutes() + "m";
    List<Object> rows = new ArrayList<>();
    for (Pod pod : found) {
      boolean running = pod.phase().equals("Running");
      rows.add(
          Json.object(
              "cells",
              List.of(pod.name(), running ? "1/1" : "0/1", pod.phase(), "0", age),
              "object",
              Json.object(
                  "kind", "PartialObjectMetadata",
                  "apiVersion", "meta.k8s.io/v1",
                  "metadata", metadata(pod))));
    }
    return Json.object(
        "kind",
        "Table",
        "apiVersion",
        "meta.k8s.io/v1",
        "metadata",
        Json.object("resourceVersion", "1"),
        "columnDefinitions",
        columns,
        "rows",
        rows);
  }
}
