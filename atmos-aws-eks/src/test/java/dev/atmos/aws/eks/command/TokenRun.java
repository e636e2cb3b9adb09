package dev.atmos.aws.eks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.atmos.aws.eks.token.EksToken;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.kubernetes.InvalidTokenException;
import dev.atmos.loopback.kubernetes.TokenVerifier;
import dev.atmos.loopback.kubernetes.VerifiedToken;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.testing.FakeServices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of the command on fakes, from its arguments to its two streams. */
final class TokenRun {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final FakeServices context;
  private final FakeIdentities identities;
  private final List<String> args;
  private final int exitCode;
  private final @Nullable AtmosException failure;

  private TokenRun(
      FakeServices context,
      FakeIdentities identities,
      List<String> args,
      int exitCode,
      @Nullable AtmosException failure) {
    this.context = context;
    this.identities = identities;
    this.args = args;
    this.exitCode = exitCode;
    this.failure = failure;
  }

  /** Runs with the example credentials. */
  static TokenRun of(FakeServices context, String... args) {
    return of(context, new FakeIdentities(FakeIdentities.example(null, null)), args);
  }

  /** Runs; what picocli itself refuses is thrown. */
  static TokenRun of(FakeServices context, FakeIdentities identities, String... args) {
    context.withService(Identities.class, identities);
    TokenCommand command = new TokenCommand(context);
    CommandLine commandLine = new CommandLine(command.spec());
    commandLine.parseArgs(args);
    Callable<Integer> parsed = commandLine.getCommand();
    boolean read = command.syntax().read(args);
    try {
      int exitCode = read ? command.run() : parsed.call();
      return new TokenRun(context, identities, List.of(args), exitCode, null);
    } catch (AtmosException e) {
      return new TokenRun(context, identities, List.of(args), e.exitCode().code(), e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  int exitCode() {
    return exitCode;
  }

  /** What was said beside the answer, line by line. */
  List<String> said() {
    return context.console().said().lines().toList();
  }

  /** The failure, after a check that nothing was printed and that it is fit for one line. */
  AtmosException failure() {
    assertThat(failure).isNotNull();
    assertThat(context.console().answered()).isEmpty();
    assertThat(context.console().said()).isEmpty();
    assertThat(failure.sentence() + failure.hint().orElse("")).matches("[ -~]{10,200}");
    assertThat(failure.sentence()).doesNotEndWith(".");
    return failure;
  }

  /**
   * The answer, after a check that it is one line of JSON with the keys in order, and that an API
   * server would take the token for this cluster and for no other.
   */
  Answer answer() {
    Answer answer = shape();
    Instant now = context.clock().instant();
    TokenVerifier verifier =
        new TokenVerifier(
            Partition.ofRegion(option("--region")), null, Clock.fixed(now, ZoneOffset.UTC));
    if (answer.token().length() > EksToken.MAX_ACCEPTED_LENGTH) {
      assertThatThrownBy(() -> verifier.verify(answer.token()))
          .isInstanceOfSatisfying(
              InvalidTokenException.class, e -> assertThat(e.rule()).isEqualTo("N1"));
      return answer;
    }
    AwsCredentials credentials = identities.held().orElseThrow();
    VerifiedToken verified = verifier.verify(answer.token());
    assertThat(verified.accessKeyId()).isEqualTo(credentials.accessKeyId());
    assertThat(verified.signedHeaders()).containsExactly("host", "x-k8s-aws-id");
    assertThat(verified.signedAt()).isEqualTo(Instant.ofEpochSecond(now.getEpochSecond()));
    assertThat(verified.region()).isEqualTo(option("--region"));
    assertThat(verified.isTemporary()).isEqualTo(credentials.sessionToken() != null);
    verifier.verifySignature(
        verified,
        option("--cluster-name"),
        id -> Optional.of(credentials.secretAccessKey().reveal()));
    assertThatThrownBy(() ->
            verifier.verifySignature(
                verified,
                option("--cluster-name") + "x",
                id -> Optional.of(credentials.secretAccessKey().reveal())))
        .isInstanceOf(InvalidTokenException.class);
    return answer;
  }

  private Answer shape() {
    assertThat(failure).isNull();
    assertThat(exitCode).isZero();
    String text = context.console().answered();
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode status = root.path("status");
      assertThat(root.fieldNames()).toIterable().containsExactly("apiVersion", "kind", "status");
      assertThat(status.fieldNames()).toIterable().containsExactly("expirationTimestamp", "token");
      assertThat(root.path("kind").asText()).isEqualTo("ExecCredential");
      assertThat(text).isEqualTo(JSON.writeValueAsString(root) + "\n");
      return new Answer(
          root.path("apiVersion").asText(),
          status.path("expirationTimestamp").asText(),
          status.path("token").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON", e);
    }
  }

  private String option(String name) {
    return args.get(args.indexOf(name) + 1);
  }

  /** What kubectl reads. */
  record Answer(String apiVersion, String expirationTimestamp, String token) {
    /** The presigned URL. */
    String url() {
      return new String(
          Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length())),
          StandardCharsets.US_ASCII);
    }
  }
}
