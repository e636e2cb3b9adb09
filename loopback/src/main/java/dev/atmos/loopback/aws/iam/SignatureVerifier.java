package dev.atmos.loopback.aws.iam;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.AwsProtocol;
import dev.atmos.loopback.aws.protocol.CommonError;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerRequest;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    AwsProtocol protocol = operation.protocol();
    Parts parts = parts(request, protocol);
    String[] scope = parts.credential().split("/", -1);
    if (scope.length != 5) {
      throw CommonError.INCOMPLETE_SIGNATURE.in(
          protocol,
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'".formatted(parts.credential()));
    }
    checkScope(scope, request, operation, parts.date());
    Credential credential =
        iam.credential(scope[0])
            .filter(known -> Objects.equals(known.key().sessionToken(), parts.sessionToken()))
            .orElseThrow(() ->
                CommonError.UNKNOWN_KEY.in(
                    protocol, "The security token included in the request is invalid."));
    checkDate(parts, protocol, now);
    String expected =
        SigV4.signature(
            credential.key().secret(),
            parts.date(),
            parts.credential().substring(scope[0].length() + 1),
            canonical(request, parts, protocol));
    if (!SigV4.isEqual(expected, parts.signature())) {
      throw mismatch(protocol, MISMATCH);
    }
    if (credential.isExpired(now)) {
      throw CommonError.EXPIRED_SESSION.in(
          protocol, "The security token included in the request is expired");
    }
    return new Signed(credential, scope[2]);
  }

  private static AwsException mismatch(AwsProtocol protocol, String message) {
    return CommonError.BAD_SIGNATURE.in(protocol, message);
  }

  private static Parts parts(ServerRequest request, AwsProtocol protocol) {
    Optional<String> authorization = request.header("authorization");
    if (authorization.isEmpty() && request.query("X-Amz-Algorithm").isPresent()) {
      requireAlgorithm(request.query("X-Amz-Algorithm").get(), protocol);
      return new Parts(
          QUERY_SKEW,
          request.query("X-Amz-Credential").orElse(""),
          request.query("X-Amz-SignedHeaders").orElse(""),
          request.query("X-Amz-Signature").orElse(""),
          request.query("X-Amz-Date").orElse(""),
          request.query("X-Amz-Security-Token").orElse(null));
    }
    String text =
        authorization.orElseThrow(() ->
            CommonError.MISSING_TOKEN.in(protocol, "Request is missing Authentication Token"));
    requireAlgorithm(text.split(" ", 2)[0], protocol);
    Map<String, String> pairs = pairs(text);
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (pairs.getOrDefault(name, "").isEmpty()) {
        throw CommonError.INCOMPLETE_SIGNATURE.in(
            protocol, "Authorization header requires '" + name + "' parameter.");
      }
    }
    String date =
        request
            .header("x-amz-date")
            .orElseThrow(() ->
                CommonError.INCOMPLETE_SIGNATURE.in(
                    protocol,
                    "Authorization header requires existence of either a 'X-Amz-Date' or a"
                        + " 'Date' header."));
    return new Parts(
        HEADER_SKEW,
        pairs.getOrDefault("Credential", ""),
        pairs.getOrDefault("SignedHeaders", ""),
        pairs.getOrDefault("Signature", ""),
        date,
        request.header("x-amz-security-token").orElse(null));
  }

  private static void requireAlgorithm(String algorithm, AwsProtocol protocol) {
    if (!algorithm.equals(SigV4.ALGORITHM)) {
      throw CommonError.INCOMPLETE_SIGNATURE.in(
          protocol, "Unsupported AWS 'algorithm': '" + algorithm + "'.");
    }
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

  private static void checkScope(
      String[] scope, ServerRequest request, Operation operation, String date) {
    AwsProtocol protocol = operation.protocol();
    String service = operation.api().signingName();
    if (!scope[4].equals("aws4_request")) {
      throw mismatch(
          protocol, "Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    if (!scope[3].equals(service)) {
      throw mismatch(
          protocol, "Credential should be scoped to correct service: '" + service + "'.");
    }
    if (scope[2].isEmpty() || !regionOf(request).orElse(scope[2]).equals(scope[2])) {
      throw mismatch(protocol, "Credential should be scoped to a valid region.");
    }
    if (!date.startsWith(scope[1] + "T")) {
      throw mismatch(
          protocol,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'.".formatted(scope[1], date.split("T", 2)[0], date));
    }
  }

  /** The region in the name of a real host, if a proxy has led the client here. */
  private static Optional<String> regionOf(ServerRequest request) {
    String host = request.header("host").orElse("");
    String[] labels = host.split("\\.", -1);
    if (host.equals("sts.amazonaws.com")) {
      return Optional.of("us-east-1");
    }
    for (int i = 1; i < labels.length - 1; i++) {
      if (labels[i + 1].startsWith("amazonaws")) {
        return Optional.of(labels[i]);
      }
    }
    return Optional.empty();
  }

  private static void checkDate(Parts parts, AwsProtocol protocol, Instant now) {
    Instant signedAt;
    try {
      signedAt = LocalDateTime.parse(parts.date(), BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw CommonError.INCOMPLETE_SIGNATURE.in(
          protocol,
          "Date must be in ISO-8601 'basic format'. Got '%s'. See".formatted(parts.date())
              + " http://en.wikipedia.org/wiki/ISO_8601");
    }
    Duration skew = parts.skew();
    Instant earliest = now.minus(skew);
    Instant latest = now.plus(skew);
    if (signedAt.isBefore(earliest.truncatedTo(ChronoUnit.SECONDS))) {
      throw mismatch(
          protocol,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(
                  parts.date(), BASIC.format(earliest), BASIC.format(now), skew.toMinutes()));
    }
    if (signedAt.isAfter(latest)) {
      throw mismatch(
          protocol,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(parts.date(), BASIC.format(latest), BASIC.format(now), skew.toMinutes()));
    }
  }

  private static String canonical(ServerRequest request, Parts parts, AwsProtocol protocol) {
    List<String> names = List.of(parts.signedHeaders().split(";", -1));
    if (!names.contains("host")) {
      throw mismatch(
          protocol, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !names.contains(name)) {
        throw mismatch(
            protocol, "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
      }
    }
    StringBuilder headers = new StringBuilder();
    for (String name : names) {
      List<String> values = request.headers().getOrDefault(name, List.of());
      headers.append(name).append(':');
      headers.append(String.join(",", values.stream().map(SigV4::folded).toList())).append('\n');
    }
    String payload = SigV4.sha256(request.bytes());
    if (!request.header("x-amz-content-sha256").orElse(payload).equals(payload)) {
      throw mismatch(
          protocol, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return String.join(
        "\n",
        request.method(),
        canonicalPath(request.rawPath()),
        SigV4.canonicalQuery(request.query()),
        headers,
        parts.signedHeaders(),
        payload);
  }

  /** Every service except S3 encodes the path once more. */
  private static String canonicalPath(String path) {
    return Stream.of(path.split("/", -1)).map(SigV4::encode).collect(Collectors.joining("/"));
  }
}
