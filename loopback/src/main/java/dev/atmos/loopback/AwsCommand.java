package dev.atmos.loopback;

import dev.atmos.loopback.aws.Fault;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link LoopbackAws} as a program, with the API servers of its clusters. */
@Command(
    name = "aws",
    description = "Print what to export, serve until killed, and print a line for each request.")
final class AwsCommand implements Callable<Integer> {
  @Option(
      names = "--scene",
      required = true,
      paramLabel = "FILE",
      description = "The users, roles, clusters and so on, in JSON.")
  private Path scene = Path.of("");

  @Option(names = "--ca", description = "Write the certificate to trust here.")
  private @Nullable Path ca;

  @Option(names = "--env", description = "Write here what a shell has to export.")
  private @Nullable Path env;

  @Option(names = "--proxy", description = "Lead the hosts of AWS here, by HTTPS_PROXY.")
  private boolean proxied;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "A host of AWS that leads here, for the certificate; repeatable.")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--eks-delay", description = "Answer for EKS so many milliseconds later.")
  private int eksDelay;

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  AwsCommand(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    SceneFile file = SceneFile.read(scene);
    CompletableFuture<?> stop = daemon.start(in);
    Deque<ApiServer> servers = new ArrayDeque<>();
    try (LoopbackAws aws = LoopbackAws.start(clock, daemon.port(), hosts);
        ConnectProxy proxy = aws.startProxy(null)) {
      aws.onCall(call -> print(Loopback.printable(call.toString())));
      file.applyTo(aws);
      if (eksDelay > 0) {
        Fault late = Fault.late(Duration.ofMillis(eksDelay));
        aws.failAlways(Operation.LIST_CLUSTERS, late).failAlways(Operation.DESCRIBE_CLUSTER, late);
      }
      for (Cluster cluster : file.clustersWithServer()) {
        ApiServer server = start(cluster, aws);
        servers.push(server);
        aws.add(cluster.server(server.url(), server.caPem()));
      }
      String address = proxied ? "HTTPS_PROXY=" + proxy.url() : "AWS_ENDPOINT_URL=" + aws.url();
      String exports = "export " + address + "\nexport AWS_EC2_METADATA_DISABLED=true\n";
      DaemonFiles.write(ca, aws.caPem());
      DaemonFiles.write(env, exports);
      out.println("listening on " + aws.url() + " and " + aws.httpsUrl());
      out.print(exports);
      out.flush();
      daemon.ready(aws.port());
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
        .listener(request -> print("kubernetes " + ApiServerCommand.line(request, " by ")))
        .start();
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
