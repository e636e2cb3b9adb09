package dev.atmos.loopback;

import dev.atmos.loopback.ApiServer.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The stand-ins as programs: {@code verify} checks a token, {@code api-server} runs {@link
 * ApiServer}, {@code aws} runs {@link dev.atmos.loopback.aws.LoopbackAws}. Exit codes: 0 accepted,
 * or stopped in order; 1 refused, or failed; 2 wrong usage.
 */
public final class Loopback {
  private static final String USAGE =
      """
      usage: Loopback verify [options] < TOKEN-OR-EXECCREDENTIAL
        --partition ID                     the cluster's partition (aws)
        --region REGION                    the cluster's region, if its name is of a new pattern
        --at INSTANT                       the time to verify at, as 2025-01-15T12:00:00Z (now)
        --cluster-name NAME                the cluster, to recompute the signature for
        --access-key-id ID                 ... with this access key
        --secret-access-key-from-env VAR   ... and the secret in this variable

      usage: Loopback api-server [options] [-- COMMAND [ARGUMENT...]]
        --cluster-name NAME                the name that tokens must be signed for
        --access-key-id ID                 the access key that is let in
        --secret-access-key-from-env VAR   ... with the secret in this variable
        --session-token-from-env VAR       ... and the session token in this one
        --partition ID, --region REGION    as above
        --port PORT                        the TCP port (a free one)
        --kubeconfig-ca FILE               where to write the certificate to trust
        --kubeconfig FILE                  where to write a kubeconfig that runs COMMAND
        --exec-api-version VERSION         its version (client.authentication.k8s.io/v1beta1)
        --interactive-mode MODE            its interactiveMode (Never; empty leaves it out)
        --port-file FILE                   where to write the port, once everything else is ready
        --exit-with PID                    stop when this process ends
        --until-stdin-closes               stop when standard input ends
      It answers until it is killed, and prints a line for each request.

      usage: Loopback aws [options]
        --scene FILE                       who and what there is, in JSON
        --port PORT                        the TCP port, for HTTP and for TLS (a free one)
        --ca FILE                          where to write the certificate to trust
        --proxy                            lead the hosts of AWS here, by HTTPS_PROXY
        --env FILE                         where to write what a shell has to export
        --port-file, --exit-with, --until-stdin-closes    as above
      It prints what to export, then answers, and prints, as above.
      """;

  private static final Set<String> VERIFY_OPTIONS =
      Set.of(
          "--partition",
          "--region",
          "--at",
          "--cluster-name",
          "--access-key-id",
          "--secret-access-key-from-env");

  private static final Set<String> API_SERVER_OPTIONS =
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

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Clock clock;

  Loopback(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Clock clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** Runs the program and exits. */
  public static void main(String[] args) {
    Loopback loopback =
        new Loopback(System.in, System.out, System.err, System.getenv(), Clock.systemUTC());
    System.exit(loopback.run(List.of(args)));
  }

  int run(List<String> args) {
    try {
      String command = args.isEmpty() ? "" : args.getFirst();
      List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
      return switch (command) {
        case "verify" -> verify(Options.parse(rest, VERIFY_OPTIONS, Set.of()));
        case "api-server" ->
            serve(Options.parse(rest, API_SERVER_OPTIONS, Set.of("--until-stdin-closes")));
        case "aws" ->
            new AwsProgram(in, out, clock)
                .run(Options.parse(rest, AwsProgram.OPTIONS, AwsProgram.FLAGS));
        case "--help" -> {
          out.print(USAGE);
          yield 0;
        }
        default -> throw new UsageException("give a command: verify, api-server or aws; or --help");
      };
    } catch (UsageException e) {
      err.println("loopback: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("loopback: " + e.getMessage());
      return 1;
    }
  }

  private int verify(Options options) throws UsageException, IOException {
    Optional<String> accessKeyId = options.text("--access-key-id");
    Optional<String> clusterName = options.text("--cluster-name");
    String secret = fromEnvironment(options, "--secret-access-key-from-env");
    if (accessKeyId.isPresent() != (secret != null)) {
      throw new UsageException(
          "--access-key-id and --secret-access-key-from-env are given together");
    }
    if (secret != null && clusterName.isEmpty()) {
      throw new UsageException("--cluster-name is required to recompute the signature");
    }
    TokenVerifier verifier =
        new TokenVerifier(partition(options), options.text("--region").orElse(null), at(options));
    String input = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      VerifiedToken token = verifier.verify(token(input));
      print(token);
      if (secret != null) {
        verifier.verifySignature(
            token,
            clusterName.orElseThrow(),
            id -> accessKeyId.filter(id::equals).map(known -> secret));
      }
      line("signature", secret == null ? "not recomputed" : "recomputed, equal");
      out.println("accepted");
      return 0;
    } catch (InvalidTokenException e) {
      out.println("refused: " + e.rule() + " " + e.getMessage());
      return 1;
    }
  }

  /** The token itself, or that of an ExecCredential, of which it also prints the rest. */
  private String token(String input) throws IOException {
    if (!input.startsWith("{")) {
      return input;
    }
    try {
      Object credential = Json.parse(input);
      Optional<String> token = Json.text(credential, "status", "token");
      Optional<String> kind = Json.text(credential, "kind");
      if (token.isEmpty() || !kind.equals(Optional.of("ExecCredential"))) {
        throw new IOException("standard input is not an ExecCredential with a status.token");
      }
      line("API version", Json.text(credential, "apiVersion").orElse("none"));
      line("expires", Json.text(credential, "status", "expirationTimestamp").orElse("never"));
      return token.get();
    } catch (Json.MalformedException e) {
      throw new IOException("standard input is " + e.getMessage(), e);
    }
  }

  private void print(VerifiedToken token) {
    line("host", token.host());
    line("region", token.region());
    line("access key id", token.accessKeyId());
    line("signed at", token.signedAt().toString());
    line("accepted until", token.acceptedUntil().toString());
    line("signed headers", String.join(";", token.signedHeaders()));
    line("session token", token.isTemporary() ? "yes" : "no");
    line("length", token.length() + " of 4096");
  }

  private void line(String name, String value) {
    // What a token says is anybody's text: it must not move the cursor of a terminal.
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    out.println(name + ":" + " ".repeat(Math.max(1, 16 - name.length())) + printable);
  }

  private int serve(Options options) throws UsageException, IOException {
    ApiServer.Builder builder =
        ApiServer.forCluster(options.required("--cluster-name"))
            .partition(partition(options))
            .clock(clock)
            .port((int) options.number("--port", 65535))
            .pod("default", "hello")
            .pod("kube-system", "coredns")
            .listener(this::print);
    options.text("--region").ifPresent(builder::ownRegion);
    String accessKeyId = options.required("--access-key-id");
    String secret = fromEnvironment(options, "--secret-access-key-from-env");
    if (secret == null) {
      throw new UsageException("--secret-access-key-from-env is required");
    }
    String sessionToken = fromEnvironment(options, "--session-token-from-env");
    if (sessionToken == null) {
      builder.accessKey(accessKeyId, secret);
    } else {
      builder.accessKey(accessKeyId, secret, sessionToken);
    }
    List<String> plugin = options.afterDashes();
    Optional<Path> kubeconfig = options.text("--kubeconfig").map(Path::of);
    if (kubeconfig.isPresent() == plugin.isEmpty()) {
      throw new UsageException("--kubeconfig and, after --, a command are given together");
    }
    CompletableFuture<?> end = Background.end(options, in);
    Optional<Path> portFile = options.text("--port-file").map(Path::of);
    if (portFile.isPresent()) {
      // One of an earlier run would tell of a server that is no more.
      Files.deleteIfExists(portFile.get());
    }
    try (ApiServer server = builder.start()) {
      Optional<Path> ca = options.text("--kubeconfig-ca").map(Path::of);
      if (ca.isPresent()) {
        Background.write(ca.get(), server.caPem());
      }
      if (kubeconfig.isPresent()) {
        String mode = options.text("--interactive-mode").orElse("Never");
        Background.write(
            kubeconfig.get(),
            server.kubeconfig(
                plugin.getFirst(),
                plugin.subList(1, plugin.size()),
                options.text("--exec-api-version").orElse("client.authentication.k8s.io/v1beta1"),
                mode.isEmpty() ? null : mode,
                Map.of()));
      }
      if (portFile.isPresent()) {
        Background.write(portFile.get(), server.port() + "\n");
      }
      out.println("listening on " + server.url() + " for cluster " + server.clusterName());
      end.join();
      return 0;
    }
  }

  private void print(SeenRequest request) {
    VerifiedToken token = request.token();
    String who = token == null ? "" : " " + token.accessKeyId();
    String line =
        request.method()
            + " "
            + request.path()
            + " "
            + request.status()
            + " "
            + request.verdict()
            + (request.isAccepted() ? who : "");
    out.println(line.replaceAll("\\p{Cntrl}", "?"));
  }

  private static Partition partition(Options options) throws UsageException {
    String id = options.text("--partition").orElse("aws");
    return Partition.ofId(id)
        .orElseThrow(() -> new UsageException("--partition: there is no partition " + id));
  }

  private Clock at(Options options) throws UsageException {
    Optional<String> at = options.text("--at");
    try {
      return at.isEmpty() ? clock : Clock.fixed(Instant.parse(at.get()), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new UsageException("--at: not an instant such as 2025-01-15T12:00:00Z: " + at.get());
    }
  }

  private @Nullable String fromEnvironment(Options options, String name) throws UsageException {
    Optional<String> variable = options.text(name);
    if (variable.isEmpty()) {
      return null;
    }
    String value = environment.get(variable.get());
    if (value == null || value.isEmpty()) {
      throw new UsageException(name + ": the variable " + variable.get() + " is not set");
    }
    return value;
  }
}
