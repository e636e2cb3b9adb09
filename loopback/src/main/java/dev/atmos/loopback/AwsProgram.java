package dev.atmos.loopback;

import dev.atmos.loopback.ApiServer.SeenRequest;
import dev.atmos.loopback.aws.Cluster;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.http.ConnectProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
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

  int run(Options options) throws UsageException, IOException {
    Path file = Path.of(options.required("--scene"));
    SceneFile scene = SceneFile.read(Files.readString(file), file.toString());
    CompletableFuture<?> end = Background.end(options, in);
    Optional<Path> portFile = options.text("--port-file").map(Path::of);
    if (portFile.isPresent()) {
      // One of an earlier run would tell of a stand-in that is no more.
      Files.deleteIfExists(portFile.get());
    }
    Deque<ApiServer> servers = new ArrayDeque<>();
    try (LoopbackAws aws = LoopbackAws.start(clock, (int) options.number("--port", 65535));
        ConnectProxy proxy = aws.startProxy(null)) {
      aws.onCall(call -> line(call.toString()));
      scene.apply(aws);
      for (Cluster cluster : scene.served()) {
        ApiServer server =
            ApiServer.forCluster(cluster.name())
                .partition(Partition.ofRegion(cluster.region()))
                .ownRegion(cluster.region())
                .clock(clock)
                .accessKeys(aws::accessKey)
                .pod("default", "hello")
                .pod("kube-system", "coredns")
                .listener(this::print)
                .start();
        servers.push(server);
        aws.add(cluster.server(server.url(), server.caPem()));
      }
      String environment = options.has("--proxy") ? environment(proxy) : environment(aws);
      Optional<String> ca = options.text("--ca");
      if (ca.isPresent()) {
        Background.write(Path.of(ca.get()), aws.caPem());
      }
      Optional<String> env = options.text("--env");
      if (env.isPresent()) {
        Background.write(Path.of(env.get()), environment);
      }
      out.println("listening on " + aws.url() + " and " + aws.httpsUrl());
      out.print(environment);
      out.flush();
      if (portFile.isPresent()) {
        Background.write(portFile.get(), aws.url().replaceFirst(".*:", "") + "\n");
      }
      end.join();
      return 0;
    } finally {
      servers.forEach(ApiServer::close);
    }
  }

  /** What a shell has to export so that every client comes here. */
  private static String environment(LoopbackAws aws) {
    return "export AWS_ENDPOINT_URL=" + aws.url() + "\nexport AWS_EC2_METADATA_DISABLED=true\n";
  }

  /** ... where the hosts of AWS are to lead here. */
  private static String environment(ConnectProxy proxy) {
    return "export HTTPS_PROXY=" + proxy.url() + "\nexport AWS_EC2_METADATA_DISABLED=true\n";
  }

  private void print(SeenRequest request) {
    VerifiedToken token = request.token();
    String who = token != null && request.isAccepted() ? " by " + token.accessKeyId() : "";
    line(
        "kubernetes %s %s %d %s%s"
            .formatted(request.method(), request.path(), request.status(), request.verdict(), who));
  }

  private void line(String text) {
    out.println(text.replaceAll("\\p{Cntrl}", "?"));
    out.flush();
  }
}
