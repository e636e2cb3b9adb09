package dev.atmos.loopback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.Loopback.Variable;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.json.StrictJson;
import dev.atmos.loopback.kubernetes.InvalidTokenException;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs {@link TokenVerifier} on the token in standard input. */
@Command(
    name = "verify",
    description = "Verify the token in standard input, or in an ExecCredential there.")
final class VerifyCommand implements Callable<Integer> {
  @Option(names = "--partition", description = "The cluster's partition (aws).")
  private Partition partition = Partition.AWS;

  @Option(names = "--region", description = "The cluster's region, if it is a new one.")
  private @Nullable String region;

  @Option(names = "--at", description = "The time to verify at, as 2025-01-15T12:00:00Z (now).")
  private @Nullable Instant at;

  @Option(names = "--cluster-name", description = "Recompute the signature for this cluster.")
  private @Nullable String clusterName;

  @Option(names = "--access-key-id", description = "Recompute the signature with this key.")
  private @Nullable String accessKeyId;

  @Option(
      names = "--secret-access-key-from-env",
      paramLabel = "VARIABLE",
      description = "The variable with the key's secret.")
  private @Nullable Variable secret;

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  VerifyCommand(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if ((accessKeyId == null) != (secret == null)) {
      throw new UsageException(
          "--access-key-id and --secret-access-key-from-env are given together");
    }
    if (secret != null && clusterName == null) {
      throw new UsageException("--cluster-name is required to recompute the signature");
    }
    Clock now = at == null ? clock : Clock.fixed(at, ZoneOffset.UTC);
    TokenVerifier verifier = new TokenVerifier(partition, region, now);
    String input = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      VerifiedToken token = verifier.verify(input.startsWith("{") ? tokenOf(input) : input);
      print(token);
      if (secret != null && clusterName != null) {
        Optional<String> known = Optional.of(secret.value());
        verifier.verifySignature(
            token, clusterName, id -> id.equals(accessKeyId) ? known : Optional.empty());
      }
      line("signature", secret == null ? "not recomputed" : "recomputed, equal");
      out.println("accepted");
      return 0;
    } catch (InvalidTokenException e) {
      out.println("refused: " + e.rule() + " " + e.getMessage());
      return 1;
    }
  }

  /** The token of an ExecCredential. Prints the other fields. */
  private String tokenOf(String input) throws IOException {
    try {
      JsonNode credential = StrictJson.read(input);
      JsonNode status = credential.path("status");
      String token = status.path("token").textValue();
      if (token == null || !credential.path("kind").asText().equals("ExecCredential")) {
        throw new IOException("standard input is not an ExecCredential with a status.token");
      }
      line("API version", credential.path("apiVersion").asText("none"));
      line("expires", status.path("expirationTimestamp").asText("never"));
      return token;
    } catch (JsonProcessingException e) {
      throw new IOException("standard input is not JSON: " + e.getOriginalMessage(), e);
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
    out.println("%-16s %s".formatted(name + ":", Loopback.printable(value)));
  }
}
