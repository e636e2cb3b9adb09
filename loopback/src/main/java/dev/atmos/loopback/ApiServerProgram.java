package dev.atmos.loopback;

import dev.atmos.loopback.kubernetes.ApiServer;
import dev.atmos.loopback.kubernetes.ApiServer.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Runs an {@link ApiServer} as a program. */
final class ApiServerProgram {
  static final Set<String> OPTIONS =
      Set.of(
          "--cluster-name",
          "--access-key-id",
          "--secret-access-key-from-env",
          "--session-token-from-env",
          "--partition",
          "--region",
          "--port",
          "--kubeconfig-ca",
          "--kubeconfig",
          "--exec-api-version",
          "--interactive-mode",
          "--port-file",
          "--exit-with");
  static final Set<String> FLAGS = Set.of("--until-stdin-closes");

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  ApiServerProgram(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  int run(LoopbackOptions options) throws UsageException, IOException {
    ApiServer.Builder builder =
        ApiServer.forCluster(options.required("--cluster-name"))
            .partition(options.partition())
            .clock(clock)
            .port(options.port())
            .pod("default", "hello")
            .pod("kube-system", "coredns")
            .listener(request -> out.println(line(request)));
    options.text("--region").ifPresent(builder::ownRegion);
    String accessKeyId = options.required("--access-key-id");
    String secret = options.fromEnvironment("--secret-access-key-from-env");
    if (secret == null) {
      throw new UsageException("--secret-access-key-from-env is required");
    }
    String sessionToken = options.fromEnvironment("--session-token-from-env");
    if (sessionToken == null) {
      builder.accessKey(accessKeyId, secret);
    } else {
      builder.accessKey(accessKeyId, secret, sessionToken);
    }
    List<String> plugin = options.afterDashes();
    if (options.has("--kubeconfig") == plugin.isEmpty()) {
      throw new UsageException("--kubeconfig and, after --, a command are given together");
    }
    CompletableFuture<?> stop = StopCondition.of(options, in);
    DaemonFiles files = new DaemonFiles(options);
    try (ApiServer server = builder.start()) {
      files.write("--kubeconfig-ca", server.caPem());
      if (!plugin.isEmpty()) {
        files.write("--kubeconfig", kubeconfig(server, plugin, options));
      }
      files.writePort(server.port());
      out.println("listening on " + server.url() + " for cluster " + server.clusterName());
      stop.join();
      return 0;
    }
  }

  private static String kubeconfig(ApiServer server, List<String> plugin, LoopbackOptions options) {
    String mode = options.text("--interactive-mode").orElse("Never");
    return server.kubeconfig(
        plugin.getFirst(),
        plugin.subList(1, plugin.size()),
        options.text("--exec-api-version").orElse("client.authentication.k8s.io/v1beta1"),
        mode.isEmpty() ? null : mode,
        Map.of());
  }

  private static String line(RecordedRequest request) {
    return Loopback.printable(
        "%s %s %d %s%s"
            .formatted(
                request.method(),
                request.path(),
                request.status(),
                request.verdict(),
                acceptedKey(request, " ")));
  }

  /** The access key of an accepted request, after a prefix; empty for any other. */
  static String acceptedKey(RecordedRequest request, String prefix) {
    return request.token() == null || !request.isAccepted()
        ? ""
        : prefix + request.token().accessKeyId();
  }
}
