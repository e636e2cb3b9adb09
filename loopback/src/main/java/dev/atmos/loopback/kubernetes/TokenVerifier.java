package dev.atmos.loopback.kubernetes;

import static dev.atmos.loopback.kubernetes.InvalidTokenException.require;

import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.kubernetes.GoUrl.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies EKS bearer tokens. {@link #verify} applies the rules of aws-iam-authenticator's server
 * ({@code pkg/token/token.go}) that need no network, in its order; {@link #verifySignature} does
 * what STS does when that server sends it the request.
 *
 * <p>Rules before the network: N1 more than 4096 bytes; N2 no prefix {@code k8s-aws-v1.}; N3 base64
 * padding; N4 not base64url; N5 not a URL; N6 not https; N7 no region in the host's name; N8 no
 * region label; N9 the global host outside of the partition aws; N10 a host of another partition;
 * N11 a good host with a port, a trailing dot or upper-case letters; N12 any other host; N13 a path
 * other than {@code /}; N14 a parameter that is not on the list; N15 a parameter twice; N16 a
 * parameter twice in different case; N17 an action other than GetCallerIdentity; N18 the header
 * x-k8s-aws-id not signed; N19 a malformed query; N20 X-Amz-Expires not a number from 0 to 900; N21
 * no X-Amz-Date; N22 a malformed one; N23 one of more than 15 minutes ago.
 *
 * <p>Rules of STS: N24 the signature is not that of this cluster and this secret; N25 a header is
 * signed that the server does not send; N26 the region of the credential is not that of the host;
 * P19 a date more than 15 minutes ahead; N23 again; {@code STS} anything else.
 *
 * <p>Instances are immutable.
 */
public final class TokenVerifier {
  private static final int MAX_LENGTH = 4096;
  private static final BigInteger MAX_EXPIRES = BigInteger.valueOf(900);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern NOT_BASE64 = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?");
  private static final String PREFIX = "k8s-aws-v1.";
  private static final String CLUSTER_HEADER = "x-k8s-aws-id";
  private static final String GLOBAL_HOST = "sts.amazonaws.com";
  private static final Set<String> PARAMETERS =
      Set.of(
          "action",
          "version",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders");

  private final Partition partition;
  private final @Nullable String ownRegion;
  private final Clock clock;

  /**
   * A verifier as it runs beside a cluster.
   *
   * @param partition the cluster's
   * @param ownRegion the cluster's region, which is trusted even if its name matches no known
   *     pattern; null if the server does not know it
   * @param clock the server's and STS's
   */
  public TokenVerifier(Partition partition, @Nullable String ownRegion, Clock clock) {
    this.partition = partition;
    this.ownRegion = ownRegion;
    this.clock = clock;
  }

  /**
   * Applies every rule that needs no network.
   *
   * @throws InvalidTokenException if a rule refuses the token
   */
  public VerifiedToken verify(String token) {
    int length = token.getBytes(StandardCharsets.UTF_8).length;
    require(
        length <= MAX_LENGTH,
        "N1",
        "token is too large (%d bytes of %d)".formatted(length, MAX_LENGTH));
    require(token.startsWith(PREFIX), "N2", "token is missing expected \"" + PREFIX + "\" prefix");
    String text = decode(token.substring(PREFIX.length()));
    GoUrl url;
    try {
      url = GoUrl.parse(text);
    } catch (MalformedException e) {
      throw refused("N5", "parse error: " + e.getMessage());
    }
    require(
        url.scheme().equals("https"),
        "N6",
        "unexpected scheme \"" + url.scheme() + "\" in pre-signed URL");
    String region = verifyHost(url.host());
    require(url.path().equals("/"), "N13", "unexpected path in pre-signed URL");
    Map<String, String> parameters = parameters(url);
    String action = parameter(parameters, "action");
    require(
        action.equals("GetCallerIdentity"), "N17", "unexpected action parameter in pre-signed URL");
    List<String> signedHeaders =
        List.of(parameter(parameters, "x-amz-signedheaders").split(";", -1));
    require(
        signedHeaders.stream().anyMatch(CLUSTER_HEADER::equalsIgnoreCase),
        "N18",
        "client did not sign the " + CLUSTER_HEADER + " header in the pre-signed URL");
    int expires = expires(parameter(parameters, "x-amz-expires"));
    String date = parameter(parameters, "x-amz-date");
    require(!date.isEmpty(), "N21", "X-Amz-Date parameter must be present in pre-signed URL");
    Instant signedAt = date(date);
    require(
        !clock.instant().isAfter(signedAt.plus(VerifiedToken.LIFETIME)),
        "N23",
        "X-Amz-Date parameter is expired (15 minute expiration) " + signedAt);
    String credential = parameter(parameters, "x-amz-credential");
    return new VerifiedToken(
        text,
        url.host(),
        region,
        credential.split("/", 2)[0],
        signedAt,
        expires,
        parameters.get("x-amz-security-token"),
        signedHeaders,
        parameter(parameters, "x-amz-signature"),
        length);
  }

  /**
   * Recomputes the signature as STS does when the server replays the request: {@code GET} of the
   * URL with the headers {@code host} and {@code x-k8s-aws-id}, the latter with the server's own
   * name for the cluster, and an empty body (AWS Signature Version 4, query form).
   *
   * @param secretByAccessKeyId the secret access key of a known access key id
   * @throws InvalidTokenException if STS would refuse it
   */
  public void verifySignature(
      VerifiedToken token,
      String clusterName,
      Function<String, Optional<String>> secretByAccessKeyId) {
    StsReplay.check(token, clusterName, secretByAccessKeyId, clock.instant());
  }

  private static String decode(String payload) {
    // Go's decoder skips line ends; a header can't contain one, so they are refused as well.
    Matcher illegal = NOT_BASE64.matcher(payload);
    if (illegal.find()) {
      boolean padding = illegal.group().equals("=");
      throw refused(
          padding ? "N3" : "N4",
          "illegal base64 data at input byte " + illegal.start() + (padding ? " (padding)" : ""));
    }
    int length = payload.length();
    require(length % 4 != 1, "N4", "illegal base64 data at input byte " + (length - 1));
    return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.ISO_8859_1);
  }

  /** Verifies the host's name and returns its region. */
  private String verifyHost(String host) {
    String[] labels = host.split("\\.", -1);
    require(
        labels.length >= 3, "N7", "could not parse region for pre-signed URL host \"" + host + '"');
    if (host.equals(GLOBAL_HOST)) {
      require(
          partition == Partition.AWS,
          "N9",
          "global endpoint unsupported in partition " + partition.id());
      return "us-east-1";
    }
    String region = labels[1];
    if (!REGION.matcher(region).matches()) {
      throw refused(
          ruleOfBadHost(host), "invalid region identifier format in host \"" + host + '"');
    }
    if (!isResolvable(host, region)) {
      if (isOfOwnRegion(host)) {
        return region;
      }
      throw refused(ruleOfBadHost(host), "unexpected hostname \"" + host + "\" in pre-signed URL");
    }
    require(
        partition.ownsDomain(domain(labels)),
        "N10",
        "partition " + partition.id() + " does not support hostname \"" + host + '"');
    return region;
  }

  private static String domain(String[] labels) {
    return String.join(".", List.of(labels).subList(2, labels.length));
  }

  /** Whether the SDK resolves this region to this host, with or without FIPS and dual-stack. */
  private static boolean isResolvable(String host, String region) {
    if (!region.equals(region.toLowerCase(Locale.ROOT))) {
      return false;
    }
    Partition of = Partition.ofRegion(region);
    String fips = of == Partition.AWS_US_GOV ? "sts." : "sts-fips.";
    String plain = region + "." + of.dnsSuffix();
    if (host.equals("sts." + plain) || host.equals(fips + plain)) {
      return true;
    }
    String dual = of.dualStackSuffix().map(suffix -> "." + region + "." + suffix).orElse("?");
    return host.equals("sts" + dual) || host.equals("sts-fips" + dual);
  }

  private boolean isOfOwnRegion(String host) {
    return ownRegion != null
        && REGION.matcher(ownRegion).matches()
        && host.startsWith("sts." + ownRegion + ".")
        && partition.ownsDomain(host.substring("sts.".length() + ownRegion.length() + 1));
  }

  /** The server has one message for all of these; the rule is more precise. */
  private String ruleOfBadHost(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    int colon = plain.indexOf(':');
    plain = colon < 0 ? plain : plain.substring(0, colon);
    plain = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    if (!plain.equals(host) && isGood(plain)) {
      return "N11";
    }
    String[] labels = host.split("\\.", -1);
    int dot = host.indexOf('.');
    if (isAnyDomain(host.substring(dot + 1))) {
      return "N8";
    }
    boolean sts = labels[0].equals("sts") || labels[0].equals("sts-fips");
    return sts && isAnyDomain(domain(labels)) ? "N10" : "N12";
  }

  private static boolean isAnyDomain(String domain) {
    return Stream.of(Partition.values()).anyMatch(any -> any.ownsDomain(domain));
  }

  private boolean isGood(String host) {
    if (host.equals(GLOBAL_HOST)) {
      return partition == Partition.AWS;
    }
    String[] labels = host.split("\\.", -1);
    return labels.length > 3
        && (isOfOwnRegion(host)
            || (isResolvable(host, labels[1]) && partition.ownsDomain(domain(labels))));
  }

  /** The parameters by name in lower case; each is known and stands once. */
  private static Map<String, String> parameters(GoUrl url) {
    List<Parameter> all;
    try {
      all = url.parameters();
    } catch (MalformedException e) {
      throw refused("N19", "malformed query parameter: " + e.getMessage());
    }
    Set<String> exact = new HashSet<>();
    Set<String> folded = new HashSet<>();
    for (Parameter parameter : all) {
      String name = parameter.name();
      require(
          !exact.add(name) || folded.add(name.toLowerCase(Locale.ROOT)),
          "N16",
          "duplicate query parameter found: \"" + name + '"');
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Parameter parameter : all) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      require(
          PARAMETERS.contains(name),
          "N14",
          "non-whitelisted query parameter \"" + parameter.name() + '"');
      require(
          parameters.put(name, parameter.value()) == null,
          "N15",
          "query parameter with multiple values not supported: \"" + parameter.name() + '"');
    }
    return parameters;
  }

  private static String parameter(Map<String, String> parameters, String name) {
    return Objects.requireNonNullElse(parameters.get(name), "");
  }

  /** Go's {@code strconv.Atoi}, and the bounds. */
  private static int expires(String text) {
    if (text.matches("[+-]?[0-9]+")) {
      BigInteger value = new BigInteger(text);
      if (value.signum() >= 0 && value.compareTo(MAX_EXPIRES) <= 0) {
        return value.intValue();
      }
    }
    throw refused("N20", "invalid X-Amz-Expires parameter in pre-signed URL: \"" + text + '"');
  }

  private static Instant date(String text) {
    try {
      return LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw refused("N22", "error parsing X-Amz-Date parameter " + text + ": " + e.getMessage());
    }
  }

  private static InvalidTokenException refused(String rule, String message) {
    return new InvalidTokenException(rule, message);
  }
}
