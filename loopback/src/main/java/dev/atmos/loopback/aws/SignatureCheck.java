package dev.atmos.loopback.aws;

import dev.atmos.loopback.SigV4;
import dev.atmos.loopback.http.Request;
import dev.atmos.loopback.http.Request.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4, both of its forms: the Authorization header, and the query of a
 * presigned URL. Everything is computed from the request and the secret; refusals are worded as AWS
 * words them.
 */
final class SignatureCheck {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration HEADER_SKEW = Duration.ofMinutes(5);
  private static final Duration QUERY_SKEW = Duration.ofMinutes(15);
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  /**
   * Who signed, and for which region.
   *
   * @param region of the credential's scope
   */
  record Signed(Credential credential, String region) {}

  private final Iam iam;

  SignatureCheck(Iam iam) {
    this.iam = iam;
  }

  /** The parts of a signature, wherever they stand. */
  private record Parts(
      boolean presigned,
      String credential,
      String signedHeaders,
      String signature,
      String date,
      @Nullable String sessionToken) {

    Duration skew() {
      return presigned ? QUERY_SKEW : HEADER_SKEW;
    }
  }

  /** The access key id that a request says it is signed with, be it true or not. */
  static Optional<String> claimedKey(Request request) {
    Optional<String> credential =
        request
            .header("authorization")
            .map(text -> pairs(text).getOrDefault("Credential", ""))
            .or(() -> request.query("X-Amz-Credential"))
            .filter(text -> !text.isEmpty());
    return credential.map(text -> text.split("/", -1)[0]);
  }

  Signed check(Request request, Operation operation, Instant now) {
    Protocol protocol = operation.protocol();
    Parts parts = parts(request, protocol);
    String[] scope = parts.credential().split("/", -1);
    if (scope.length != 5) {
      throw Refusal.INCOMPLETE_SIGNATURE.in(
          protocol,
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + parts.credential()
              + "'");
    }
    checkScope(scope, request, operation, parts.date());
    Credential credential =
        iam.credential(scope[0])
            .filter(known -> Objects.equals(known.key().sessionToken(), parts.sessionToken()))
            .orElseThrow(() ->
                Refusal.UNKNOWN_KEY.in(
                    protocol, "The security token included in the request is invalid."));
    checkDate(parts, protocol, now);
    String expected =
        SigV4.signature(
            credential.key().secret(),
            parts.date(),
            parts.credential().substring(scope[0].length() + 1),
            canonical(request, parts, protocol));
    if (!MessageDigest.isEqual(utf8(expected), utf8(parts.signature()))) {
      throw Refusal.BAD_SIGNATURE.in(protocol, MISMATCH);
    }
    if (credential.isExpired(now)) {
      throw Refusal.EXPIRED_SESSION.in(
          protocol, "The security token included in the request is expired");
    }
    return new Signed(credential, scope[2]);
  }

  private static Parts parts(Request request, Protocol protocol) {
    Optional<String> authorization = request.header("authorization");
    if (authorization.isEmpty() && request.query("X-Amz-Algorithm").isPresent()) {
      requireAlgorithm(request.query("X-Amz-Algorithm").get(), protocol);
      return new Parts(
          true,
          request.query("X-Amz-Credential").orElse(""),
          request.query("X-Amz-SignedHeaders").orElse(""),
          request.query("X-Amz-Signature").orElse(""),
          request.query("X-Amz-Date").orElse(""),
          request.query("X-Amz-Security-Token").orElse(null));
    }
    String text =
        authorization.orElseThrow(
            () -> Refusal.MISSING_TOKEN.in(protocol, "Request is missing Authentication Token"));
    requireAlgorithm(text.split(" ", 2)[0], protocol);
    Map<String, String> pairs = pairs(text);
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (pairs.getOrDefault(name, "").isEmpty()) {
        throw Refusal.INCOMPLETE_SIGNATURE.in(
            protocol, "Authorization header requires '" + name + "' parameter.");
      }
    }
    String date =
        request
            .header("x-amz-date")
            .orElseThrow(() ->
                Refusal.INCOMPLETE_SIGNATURE.in(
                    protocol,
                    "Authorization header requires existence of either a 'X-Amz-Date' or a"
                        + " 'Date' header."));
    return new Parts(
        false,
        pairs.getOrDefault("Credential", ""),
        pairs.getOrDefault("SignedHeaders", ""),
        pairs.getOrDefault("Signature", ""),
        date,
        request.header("x-amz-security-token").orElse(null));
  }

  private static void requireAlgorithm(String algorithm, Protocol protocol) {
    if (!algorithm.equals(SigV4.ALGORITHM)) {
      throw Refusal.INCOMPLETE_SIGNATURE.in(
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
      String[] scope, Request request, Operation operation, String date) {
    Protocol protocol = operation.protocol();
    String service = operation.api().signingName();
    if (!scope[4].equals("aws4_request")) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol, "Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    if (!scope[3].equals(service)) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol, "Credential should be scoped to correct service: '" + service + "'.");
    }
    if (scope[2].isEmpty() || !regionOf(request).orElse(scope[2]).equals(scope[2])) {
      throw Refusal.BAD_SIGNATURE.in(protocol, "Credential should be scoped to a valid region.");
    }
    if (!date.startsWith(scope[1] + "T")) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '"
              + scope[1]
              + "' != '"
              + date.split("T", 2)[0]
              + "', from '"
              + date
              + "'.");
    }
  }

  /** The region in the name of a real host, where a proxy has led to us. */
  private static Optional<String> regionOf(Request request) {
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

  private static void checkDate(Parts parts, Protocol protocol, Instant now) {
    Instant signedAt;
    try {
      signedAt = LocalDateTime.parse(parts.date(), BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw Refusal.INCOMPLETE_SIGNATURE.in(
          protocol,
          "Date must be in ISO-8601 'basic format'. Got '"
              + parts.date()
              + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
    Duration skew = parts.skew();
    Instant earliest = now.minus(skew);
    Instant latest = now.plus(skew);
    if (signedAt.isBefore(earliest.truncatedTo(ChronoUnit.SECONDS))) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(
                  parts.date(), BASIC.format(earliest), BASIC.format(now), skew.toMinutes()));
    }
    if (signedAt.isAfter(latest)) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(parts.date(), BASIC.format(latest), BASIC.format(now), skew.toMinutes()));
    }
  }

  private static String canonical(Request request, Parts parts, Protocol protocol) {
    List<String> names = List.of(parts.signedHeaders().split(";", -1));
    if (!names.contains("host")) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !names.contains(name)) {
        throw Refusal.BAD_SIGNATURE.in(
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
    Optional<String> claimed = request.header("x-amz-content-sha256");
    if (claimed.isPresent() && !claimed.get().equals(payload)) {
      throw Refusal.BAD_SIGNATURE.in(
          protocol, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return String.join(
        "\n",
        request.method(),
        canonicalPath(request.rawPath()),
        canonicalQuery(request.query()),
        headers,
        parts.signedHeaders(),
        payload);
  }

  /** Every service but S3 encodes the path that is sent once more. */
  private static String canonicalPath(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(SigV4.encode(segment));
    }
    return String.join("/", segments);
  }

  private static String canonicalQuery(List<Parameter> query) {
    List<String> parameters = new ArrayList<>();
    query.stream()
        .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
        .sorted(
            Comparator.comparing((Parameter parameter) -> SigV4.encode(parameter.name()))
                .thenComparing(parameter -> SigV4.encode(parameter.value())))
        .forEach(parameter ->
            parameters.add(SigV4.encode(parameter.name()) + "=" + SigV4.encode(parameter.value())));
    return String.join("&", parameters);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
