package dev.atmos.loopback;

import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.kubernetes.ApiServer;
import dev.atmos.loopback.kubernetes.ApiServer.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Runs {@link LoopbackAws} as a program, with the API servers of its clusters. */
final class AwsProgram {
  static final Set<String> OPTIONS =
      Set.of("--scene", "--port", "--ca", "--env", "--port-file", "--exit-with");
  static final Set<String> FLAGS = Set.of("--until-stdin-closes", "--proxy");

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  AwsProgram(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  int run(LoopbackOptions options) throws UsageException, IOException {
    SceneFile scene = SceneFile.read(Path.of(options.required("--scene")));
    CompletableFuture<?> stop = StopCondition.of(options, in);
    DaemonFiles files = new DaemonFiles(options);
    Deque<ApiServer> servers = new ArrayDeque<>();
    try (LoopbackAws aws = LoopbackAws.start(clock, options.port());
        ConnectProxy proxy = aws.startProxy(null)) {
      aws.onCall(call -> line(call.toString()));
      scene.applyTo(aws);
      for (Cluster cluster : scene.clustersWithServer()) {
        ApiServer server = start(cluster, aws);
        servers.push(server);
        aws.add(cluster.server(server.url(), server.caPem()));
      }
      String environment =
          (options.has("--proxy")
                  ? "export HTTPS_PROXY=" + proxy.url()
                  : "export AWS_ENDPOINT_URL=" + aws.url())
              + "\nexport AWS_EC2_METADATA_DISABLED=true\n";
      files.write("--ca", aws.caPem());
      files.write("--env", environment);
      out.println("listening on " + aws.url() + " and " + aws.httpsUrl());
      out.print(environment);
      out.flush();
      files.writePort(aws.port());
      stop.join();
      return 0;
    } finally {
      servers.forEach(ApiServer::close);
    }
  }

  private ApiServer start(Cluster cluster, LoopbackAws aws) throws IOException {
    return ApiServer.forCluster(cluster.name())
        .partition(Partition.ofRegion(cluster.region()))
        .ownRegion(cluster.region())
        .clock(clock)
        .accessKeys(aws::accessKey)
        .pod("default", "hello")
        .pod("kube-system", "coredns")
        .listener(this::print)
        .start();
  }

  private void print(RecordedRequest request) {
    line(
        "kubernetes %s %s %d %s%s"
            .formatted(
                request.method(),
                request.path(),
                request.status(),
                request.verdict(),
                ApiServerProgram.acceptedKey(request, " by ")));
  }

  private void line(String text) {
    out.println(Loopback.printable(text));
    out.flush();
  }
}
