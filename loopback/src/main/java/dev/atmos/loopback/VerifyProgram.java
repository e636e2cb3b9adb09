package dev.atmos.loopback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.atmos.loopback.json.StrictJson;
import dev.atmos.loopback.kubernetes.InvalidTokenException;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Runs {@link TokenVerifier} on the token in standard input. */
final class VerifyProgram {
  static final Set<String> OPTIONS =
      Set.of(
          "--partition",
          "--region",
          "--at",
          "--cluster-name",
          "--access-key-id",
          "--secret-access-key-from-env");

  private final InputStream in;
  private final PrintStream out;
  private final Clock clock;

  VerifyProgram(InputStream in, PrintStream out, Clock clock) {
    this.in = in;
    this.out = out;
    this.clock = clock;
  }

  int run(LoopbackOptions options) throws UsageException, IOException {
    Optional<String> accessKeyId = options.text("--access-key-id");
    Optional<String> clusterName = options.text("--cluster-name");
    String secret = options.fromEnvironment("--secret-access-key-from-env");
    if (accessKeyId.isPresent() != (secret != null)) {
      throw new UsageException(
          "--access-key-id and --secret-access-key-from-env are given together");
    }
    if (secret != null && clusterName.isEmpty()) {
      throw new UsageException("--cluster-name is required to recompute the signature");
    }
    String region = options.text("--region").orElse(null);
    TokenVerifier verifier = new TokenVerifier(options.partition(), region, at(options));
    String input = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      VerifiedToken token = verifier.verify(input.startsWith("{") ? tokenOf(input) : input);
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

  private Clock at(LoopbackOptions options) throws UsageException {
    Optional<String> at = options.text("--at");
    try {
      return at.isEmpty() ? clock : Clock.fixed(Instant.parse(at.get()), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new UsageException("--at: not an instant such as 2025-01-15T12:00:00Z: " + at.get());
    }
  }
}
