package dev.atmos.loopback;

import dev.atmos.loopback.aws.iam.Partition;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The stand-ins as a program. Exit codes: 0 accepted, or stopped in order; 1 refused, or failed; 2
 * wrong usage.
 */
@Command(
    name = "loopback",
    description = "Stand-ins for AWS and a Kubernetes API server.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
public final class Loopback implements Callable<Integer> {

  /** The value of an environment variable that an option names. */
  record Variable(String value) {}

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
    return new CommandLine(this)
        .addSubcommand(new VerifyCommand(in, out, clock))
        .addSubcommand(new ApiServerCommand(in, out, clock))
        .addSubcommand(new AwsCommand(in, out, clock))
        .registerConverter(Partition.class, Loopback::partition)
        .registerConverter(ProcessHandle.class, Loopback::process)
        .registerConverter(Variable.class, this::variable)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, rest) -> fail(2, e))
        .setExecutionExceptionHandler((e, command, parsed) -> {
          if (e instanceof UsageException || e instanceof IOException) {
            return fail(e instanceof UsageException ? 2 : 1, e);
          }
          throw e;
        })
        .execute(args.toArray(String[]::new));
  }

  @Override
  public Integer call() throws UsageException {
    throw new UsageException("give a command: verify, api-server or aws; or --help");
  }

  private int fail(int exitCode, Exception e) {
    err.println("loopback: " + e.getMessage());
    return exitCode;
  }

  private static Partition partition(String id) {
    return Partition.ofId(id)
        .orElseThrow(() -> new TypeConversionException("unknown partition " + id));
  }

  private static ProcessHandle process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow(() -> new TypeConversionException("no process has the id " + pid));
  }

  private Variable variable(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new TypeConversionException("the variable " + name + " is not set");
    }
    return new Variable(value);
  }

  /** A text without control characters: what clients send must not move a terminal's cursor. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
