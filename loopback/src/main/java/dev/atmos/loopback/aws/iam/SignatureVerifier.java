package dev.atmos.loopback.aws.iam;

import static dev.atmos.loopback.aws.protocol.CommonError.BAD_SIGNATURE;
import static dev.atmos.loopback.aws.protocol.CommonError.EXPIRED_SESSION;
import static dev.atmos.loopback.aws.protocol.CommonError.INCOMPLETE_SIGNATURE;
import static dev.atmos.loopback.aws.protocol.CommonError.MISSING_TOKEN;
import static dev.atmos.loopback.aws.protocol.CommonError.UNKNOWN_KEY;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.CommonError;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4 in both of its forms: the Authorization header, and the query of
 * a presigned URL. Everything is computed from the request and the secret; errors are worded as AWS
 * words them.
 */
public final class SignatureVerifier {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration HEADER_SKEW = Duration.ofMinutes(5);
  private static final Duration QUERY_SKEW = Duration.ofMinutes(15);
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private static final String NO_DATE =
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  private static final Pattern REGION = Pattern.compile("\\.([^.]*)\\.amazonaws");

  /**
   * A verified signature.
   *
   * @param region of the credential's scope
   */
  public record Signed(Credential credential, String region) {

    /** The principal that signed. */
    public IamPrincipal principal() {
      return credential.principal();
    }
  }

  /** The parts of a signature, wherever they stand. */
  private record Parts(
      Duration skew,
      String credential,
      String signedHeaders,
      String signature,
      String date,
      @Nullable String sessionToken) {}

  private final Iam iam;

  public SignatureVerifier(Iam iam) {
    this.iam = iam;
  }

  /** The access key id that a request claims to be signed with, whether that is true or not. */
  public static Optional<String> claimedKey(ServerRequest request) {
    return request
        .header("authorization")
        .map(text -> pairs(text).getOrDefault("Credential", ""))
        .or(() -> request.query("X-Amz-Credential"))
        .filter(text -> !text.isEmpty())
        .map(text -> text.split("/", -1)[0]);
  }

  /**
   * Verifies a request's signature.
   *
   * @throws AwsException if there is none, or AWS would refuse it
   */
  public Signed verify(ServerRequest request, Operation operation, Instant now) {
    return new Verification(request, operation, now).verify();
  }

  /** What follows the algorithm in an Authorization header: NAME=VALUE, NAME=VALUE ... */
  private static Map<String, String> pairs(String authorization) {
    Map<String, String> pairs = new HashMap<>();
    int blank = authorization.indexOf(' ');
    for (String pair : authorization.substring(blank + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
      }
    }
    return pairs;
  }

  /** The verification of one request. */
  private final class Verification {
    private final ServerRequest request;
    private final Operation operation;
    private final Instant now;

    Verification(ServerRequest request, Operation operation, Instant now) {
      this.request = request;
      this.operation = operation;
      this.now = now;
    }

    private AwsException error(CommonError error, String message) {
      return error.in(operation.protocol(), message);
    }

    private void require(boolean condition, CommonError error, String message) {
      if (!condition) {
        throw error(error, message);
      }
    }

    Signed verify() {
      Parts parts = parts();
      String[] scope = parts.credential().split("/", -1);
      require(
          scope.length == 5,
          INCOMPLETE_SIGNATURE,
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'".formatted(parts.credential()));
      checkScope(scope, parts.date());
      Credential credential =
          iam.credential(scope[0])
              .filter(known -> Objects.equals(known.key().sessionToken(), parts.sessionToken()))
              .orElseThrow(() ->
                  error(UNKNOWN_KEY, "The security token included in the request is invalid."));
      checkDate(parts);
      String scopeText = parts.credential().substring(scope[0].length() + 1);
      String expected =
          SigV4.signature(credential.key().secret(), parts.date(), scopeText, canonical(parts));
      require(SigV4.isEqual(expected, parts.signature()), BAD_SIGNATURE, MISMATCH);
      require(
          !credential.isExpired(now),
          EXPIRED_SESSION,
          "The security token included in the request is expired");
      return new Signed(credential, scope[2]);
    }

    private Parts parts() {
      String text = request.header("authorization").orElse(null);
      Optional<String> algorithm = request.query("X-Amz-Algorithm");
      if (text == null && algorithm.isPresent()) {
        requireAlgorithm(algorithm.get());
        return new Parts(
            QUERY_SKEW,
            request.query("X-Amz-Credential").orElse(""),
            request.query("X-Amz-SignedHeaders").orElse(""),
            request.query("X-Amz-Signature").orElse(""),
            request.query("X-Amz-Date").orElse(""),
            request.query("X-Amz-Security-Token").orElse(null));
      }
      if (text == null) {
        throw error(MISSING_TOKEN, "Request is missing Authentication Token");
      }
      requireAlgorithm(text.split(" ", 2)[0]);
      Map<String, String> pairs = pairs(text);
      return new Parts(
          HEADER_SKEW,
          pair(pairs, "Credential"),
          pair(pairs, "SignedHeaders"),
          pair(pairs, "Signature"),
          request.header("x-amz-date").orElseThrow(() -> error(INCOMPLETE_SIGNATURE, NO_DATE)),
          request.header("x-amz-security-token").orElse(null));
    }

    private String pair(Map<String, String> pairs, String name) {
      String value = pairs.getOrDefault(name, "");
      require(
          !value.isEmpty(),
          INCOMPLETE_SIGNATURE,
          "Authorization header requires '" + name + "' parameter.");
      return value;
    }

    private void requireAlgorithm(String algorithm) {
      require(
          algorithm.equals(SigV4.ALGORITHM),
          INCOMPLETE_SIGNATURE,
          "Unsupported AWS 'algorithm': '" + algorithm + "'.");
    }

    private void checkScope(String[] scope, String date) {
      String service = operation.api().signingName();
      require(
          scope[4].equals("aws4_request"),
          BAD_SIGNATURE,
          "Credential should be scoped with a valid terminator: 'aws4_request'.");
      require(
          scope[3].equals(service),
          BAD_SIGNATURE,
          "Credential should be scoped to correct service: '" + service + "'.");
      require(
          !scope[2].isEmpty() && region().orElse(scope[2]).equals(scope[2]),
          BAD_SIGNATURE,
          "Credential should be scoped to a valid region.");
      require(
          date.startsWith(scope[1] + "T"),
          BAD_SIGNATURE,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'.".formatted(scope[1], date.split("T", 2)[0], date));
    }

    /** The region in the name of a real host, if a proxy has led the client here. */
    private Optional<String> region() {
      String host = request.header("host").orElse("");
      if (host.equals("sts.amazonaws.com")) {
        return Optional.of("us-east-1");
      }
      Matcher matcher = REGION.matcher(host);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private void checkDate(Parts parts) {
      String date = parts.date();
      Instant signedAt;
      try {
        signedAt = LocalDateTime.parse(date, BASIC).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw error(
            INCOMPLETE_SIGNATURE,
            "Date must be in ISO-8601 'basic format'. Got '%s'. See".formatted(date)
                + " http://en.wikipedia.org/wiki/ISO_8601");
      }
      Instant earliest = now.minus(parts.skew());
      Instant latest = now.plus(parts.skew());
      long minutes = parts.skew().toMinutes();
      require(
          !signedAt.isBefore(earliest.truncatedTo(ChronoUnit.SECONDS)),
          BAD_SIGNATURE,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(date, BASIC.format(earliest), BASIC.format(now), minutes));
      require(
          !signedAt.isAfter(latest),
          BAD_SIGNATURE,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(date, BASIC.format(latest), BASIC.format(now), minutes));
    }

    private String canonical(Parts parts) {
      List<String> names = List.of(parts.signedHeaders().split(";", -1));
      require(
          names.contains("host"),
          BAD_SIGNATURE,
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
      for (String name : request.headers().keySet()) {
        require(
            !name.startsWith("x-amz-") || names.contains(name),
            BAD_SIGNATURE,
            "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
      }
      StringBuilder headers = new StringBuilder();
      for (String name : names) {
        List<String> values = request.headers().getOrDefault(name, List.of());
        headers.append(name).append(':');
        headers.append(String.join(",", values.stream().map(SigV4::folded).toList())).append('\n');
      }
      String payload = SigV4.sha256(request.bytes().getBytes(StandardCharsets.ISO_8859_1));
      require(
          request.header("x-amz-content-sha256").orElse(payload).equals(payload),
          BAD_SIGNATURE,
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
      // Every service except S3 encodes the path once more.
      String path = SigV4.encode(request.rawPath()).replace("%2F", "/");
      String query = SigV4.canonicalQuery(request.query());
      return String.join(
          "\n", request.method(), path, query, headers, parts.signedHeaders(), payload);
    }
  }
}
