package dev.atmos.loopback;

import dev.atmos.loopback.Loopback.Variable;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.ApiServer;
import dev.atmos.loopback.kubernetes.ApiServer.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an {@link ApiServer} as a program. */
@Command(
    name = "api-server",
    description = "Serve until killed, and print a line for each request.")
final class ApiServerCommand implements Callable<Integer> {
  @Option(names = "--cluster-name", required = true, description = "Tokens are signed for it.")
  private String clusterName = "";

  @Option(names = "--access-key-id", required = true, description = "The key that is accepted.")
  private String accessKeyId = "";

  @Option(
      names = "--secret-access-key-from-env",
      required = true,
      paramLabel = "VARIABLE",
      description = "The variable with its secret.")
  private Variable secret = new Variable("");

  @Option(
      names = "--session-token-from-env",
      paramLabel = "VARIABLE",
      description = "The variable with its session token.")
  private @Nullable Variable sessionToken;

  @Option(names = "--partition", description = "The cluster's partition (aws).")
  private Partition partition = Partition.AWS;

  @Option(names = "--region", description = "The cluster's region, if it is a new one.")
  private @Nullable String region;

  @Option(names = "--kubeconfig-ca", description = "Write the certificate to trust here.")
  private @Nullable Path ca;

  @Option(names = "--kubeconfig", description = "Write a kubeconfig here that runs COMMAND.")
  private @Nullable Path kubeconfig;

  @Option(names = "--exec-api-version", description = "Its version (${DEFAULT-VALUE}).")
  private String execApiVersion = "client.authentication.k8s.io/v1beta1";

  @Option(
      names = "--interactive-mode",
      description = "Its interactiveMode (${DEFAULT-VALUE}; empty leaves it out).")
  private String interactiveMode = "Never";

  @Parameters(paramLabel = "COMMAND", description = "After --, the exec plugin of the kubeconfig.")
  private List<String> plugin = List.of();

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  ApiServerCommand(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    ApiServer.Builder builder =
        ApiServer.forCluster(clusterName)
            .partition(partition)
            .clock(clock)
            .port(daemon.port())
            .pod("default", "hello")
            .pod("kube-system", "coredns")
            .listener(request -> out.println(line(request, " ")));
    if (region != null) {
      builder.ownRegion(region);
    }
    if (sessionToken == null) {
      builder.accessKey(accessKeyId, secret.value());
    } else {
      builder.accessKey(accessKeyId, secret.value(), sessionToken.value());
    }
    if ((kubeconfig == null) != plugin.isEmpty()) {
      throw new UsageException("--kubeconfig and, after --, a command are given together");
    }
    CompletableFuture<?> stop = daemon.start(in);
    try (ApiServer server = builder.start()) {
      DaemonFiles.write(ca, server.caPem());
      if (kubeconfig != null) {
        DaemonFiles.write(kubeconfig, kubeconfigOf(server));
      }
      daemon.ready(server.port());
      out.println("listening on " + server.url() + " for cluster " + server.clusterName());
      stop.join();
      return 0;
    }
  }

  private String kubeconfigOf(ApiServer server) {
    return server.kubeconfig(
        plugin.getFirst(),
        plugin.subList(1, plugin.size()),
        execApiVersion,
        interactiveMode.isEmpty() ? null : interactiveMode,
        Map.of());
  }

  /** A line for a request; if it was accepted, with its access key after a word. */
  static String line(RecordedRequest request, String by) {
    String key =
        request.isAccepted() && request.token() != null ? by + request.token().accessKeyId() : "";
    return Loopback.printable(
        "%s %s %d %s%s"
            .formatted(request.method(), request.path(), request.status(), request.verdict(), key));
  }
}
