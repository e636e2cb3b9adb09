package dev.atmos.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stand-ins as a program: {@code verify} checks a token, {@code api-server} runs {@link
 * dev.atmos.loopback.kubernetes.ApiServer}, {@code aws} runs {@link
 * dev.atmos.loopback.aws.LoopbackAws}. Exit codes: 0 accepted, or stopped in order; 1 refused, or
 * failed; 2 wrong usage.
 */
public final class Loopback {
  private static final String USAGE =
      """
      usage: loopback verify [options] < TOKEN-OR-EXECCREDENTIAL
        --partition ID                     the cluster's partition (aws)
        --region REGION                    the cluster's region, if its name matches no known pattern
        --at INSTANT                       the time to verify at, as 2025-01-15T12:00:00Z (now)
        --cluster-name NAME                the cluster, to recompute the signature for
        --access-key-id ID                 ... with this access key
        --secret-access-key-from-env VAR   ... and the secret in this variable

      usage: loopback api-server [options] [-- COMMAND [ARGUMENT...]]
        --cluster-name NAME                the name that tokens must be signed for
        --access-key-id ID                 the access key whose tokens are accepted
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
      It serves until it is killed, and prints a line for each request.

      usage: loopback aws [options]
        --scene FILE                       the users, roles, clusters and so on, in JSON
        --port PORT                        the TCP port, for HTTP and for TLS (a free one)
        --ca FILE                          where to write the certificate to trust
        --proxy                            lead the hosts of AWS here, by HTTPS_PROXY
        --env FILE                         where to write what a shell has to export
        --port-file, --exit-with, --until-stdin-closes    as above
      It prints what to export; then it serves and prints as above.
      """;

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
        case "verify" ->
            new VerifyProgram(in, out, clock).run(parse(rest, VerifyProgram.OPTIONS, Set.of()));
        case "api-server" ->
            new ApiServerProgram(in, out, clock)
                .run(parse(rest, ApiServerProgram.OPTIONS, ApiServerProgram.FLAGS));
        case "aws" ->
            new AwsProgram(in, out, clock).run(parse(rest, AwsProgram.OPTIONS, AwsProgram.FLAGS));
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

  private LoopbackOptions parse(List<String> args, Set<String> names, Set<String> flags)
      throws UsageException {
    return LoopbackOptions.parse(args, names, flags, environment);
  }

  /** A text without control characters: what clients send must not move a terminal's cursor. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
