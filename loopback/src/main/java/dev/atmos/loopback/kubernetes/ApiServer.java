package dev.atmos.loopback.kubernetes;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.http.LoopbackServer;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.http.TestCertificateAuthority;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server on 127.0.0.1, over TLS, as much of one as {@code kubectl get pods},
 * {@code kubectl auth whoami} and {@code kubectl get --raw /healthz} need. It answers 401 to a
 * bearer token that {@link TokenVerifier} refuses for the server's own cluster name and the access
 * keys that it knows. It speaks TLS because kubectl runs no exec plugin for a plain http server.
 *
 * <p>Safe for use by many threads.
 */
public final class ApiServer implements AutoCloseable {
  private static final Set<String> PUBLIC_PATHS =
      Set.of("/healthz", "/livez", "/readyz", "/version");

  /**
   * A pod to list.
   *
   * @param phase what kubectl shows as its status
   */
  public record Pod(String namespace, String name, String phase) {}

  /**
   * A request that came in, and its outcome.
   *
   * @param path with the query, as sent
   * @param userAgent empty if there was none
   * @param tokenSha256 of the bearer token, in hexadecimal; null if there was none
   * @param token what the bearer token states; null if there was none or it was malformed
   * @param verdict {@code no token}, {@code accepted}, {@code refused on demand} or {@code
   *     refused:} with rule and message
   * @param status the HTTP status of the answer
   */
  public record RecordedRequest(
      String method,
      String path,
      String userAgent,
      @Nullable String tokenSha256,
      @Nullable VerifiedToken token,
      String verdict,
      int status) {

    /** Whether it came with a token that was accepted. */
    public boolean isAccepted() {
      return verdict.equals(Caller.ACCEPTED);
    }
  }

  private final String clusterName;
  private final TokenAuthenticator authenticator;
  private final ApiResources resources;
  private final Consumer<RecordedRequest> listener;
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final TestCertificateAuthority authority = TestCertificateAuthority.create();
  private final LoopbackServer server;
  private volatile boolean forbids;

  private ApiServer(Builder builder) throws IOException {
    clusterName = builder.clusterName;
    Map<String, AccessKey> own = Map.copyOf(builder.accessKeys);
    Function<String, Optional<AccessKey>> others = builder.moreAccessKeys;
    authenticator =
        new TokenAuthenticator(
            new TokenVerifier(builder.partition, builder.ownRegion, builder.clock),
            clusterName,
            id -> Optional.ofNullable(own.get(id)).or(() -> others.apply(id)));
    resources = new ApiResources(builder.clock, builder.pods);
    listener = builder.listener;
    server = LoopbackServer.start(builder.port, authority, this::handle);
  }

  /** A server for a cluster of this name: only tokens that are signed for it are accepted. */
  public static Builder forCluster(String clusterName) {
    return new Builder(clusterName);
  }

  /** The settings of a server before it starts. */
  public static final class Builder {
    private final String clusterName;
    private final Map<String, AccessKey> accessKeys = new HashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private Function<String, Optional<AccessKey>> moreAccessKeys = id -> Optional.empty();
    private Partition partition = Partition.AWS;
    private @Nullable String ownRegion;
    private Clock clock = Clock.systemUTC();
    private int port;
    private Consumer<RecordedRequest> listener = request -> {};

    private Builder(String clusterName) {
      this.clusterName = clusterName;
    }

    /** Accepts tokens signed with this long-lived key, without a session token. */
    public Builder accessKey(String accessKeyId, String secretAccessKey) {
      accessKeys.put(accessKeyId, new AccessKey(accessKeyId, secretAccessKey));
      return this;
    }

    /** Accepts tokens signed with this temporary key, with exactly this session token. */
    public Builder accessKey(String accessKeyId, String secretAccessKey, String sessionToken) {
      accessKeys.put(accessKeyId, new AccessKey(accessKeyId, secretAccessKey, sessionToken));
      return this;
    }

    /** Also accepts tokens signed with a key that this function knows at that moment. */
    public Builder accessKeys(Function<String, Optional<AccessKey>> accessKeys) {
      this.moreAccessKeys = accessKeys;
      return this;
    }

    /** The cluster's partition; {@link Partition#AWS} by default. */
    public Builder partition(Partition partition) {
      this.partition = partition;
      return this;
    }

    /** The cluster's own region, as {@link TokenVerifier} takes it. */
    public Builder ownRegion(String region) {
      this.ownRegion = region;
      return this;
    }

    /** The clock of the server and of STS; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The TCP port; 0, the default, takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Adds a pod in the phase Running. */
    public Builder pod(String namespace, String name) {
      pods.add(new Pod(namespace, name, "Running"));
      return this;
    }

    /** Calls a listener with every request, before the answer is sent, in the answering thread. */
    public Builder listener(Consumer<RecordedRequest> listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IOException if the port is taken
     */
    public ApiServer start() throws IOException {
      return new ApiServer(this);
    }
  }

  /** The server's address, such as {@code https://127.0.0.1:41231}. */
  public String url() {
    return "https://127.0.0.1:" + port();
  }

  /** The TCP port. */
  public int port() {
    return server.port();
  }

  /** The certificate to trust, in PEM. It is valid for a week, and only this server uses it. */
  public String caPem() {
    return authority.pem();
  }

  /** The name that tokens must be signed for. */
  public String clusterName() {
    return clusterName;
  }

  /** Every request until now, in the order of their answers. */
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many requests came with a token that was accepted. */
  public long acceptedCount() {
    return requests.stream().filter(RecordedRequest::isAccepted).count();
  }

  /** How many requests were answered 401. */
  public long unauthorizedCount() {
    return requests.stream().filter(request -> request.status() == 401).count();
  }

  /** How many different tokens were accepted. */
  public long acceptedTokenCount() {
    return requests.stream()
        .filter(RecordedRequest::isAccepted)
        .map(RecordedRequest::tokenSha256)
        .distinct()
        .count();
  }

  /** Answers 401 to the next so many requests whose token would be accepted. */
  public void refuseNext(int count) {
    authenticator.refuseNext(count);
  }

  /** From now on, RBAC refuses every request. */
  public void forbidAll() {
    forbids = true;
  }

  /** Lists these pods from now on. */
  public void pods(List<Pod> pods) {
    resources.pods(pods);
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
        url(), caPem(), clusterName, command, args, execApiVersion, interactiveMode, env);
  }

  /** Stops the server and closes open connections. */
  @Override
  public void close() {
    server.close();
  }

  private ServerResponse handle(ServerRequest request) {
    Caller caller = authenticator.authenticate(request);
    boolean anonymous = caller.tokenSha256() == null && PUBLIC_PATHS.contains(request.path());
    ServerResponse response =
        caller.isAccepted() && forbids
            ? ApiResources.forbidden(request, caller)
            : caller.isAccepted() || anonymous
                ? resources.answer(request, caller)
                : ApiResources.failure(401, "Unauthorized", "Unauthorized");
    RecordedRequest recorded =
        new RecordedRequest(
            request.method(),
            request.target(),
            request.header("user-agent").orElse(""),
            caller.tokenSha256(),
            caller.token(),
            caller.verdict(),
            response.status());
    requests.add(recorded);
    listener.accept(recorded);
    return response.header("Cache-Control", "no-cache, private");
  }
}
