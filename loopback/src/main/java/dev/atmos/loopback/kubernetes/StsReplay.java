package dev.atmos.loopback.kubernetes;

import static dev.atmos.loopback.kubernetes.InvalidTokenException.STS;
import static dev.atmos.loopback.kubernetes.InvalidTokenException.require;

import dev.atmos.loopback.aws.iam.SigV4;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerRequest.Parameter;
import dev.atmos.loopback.kubernetes.GoUrl.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What STS does with the presigned request that a server replays: the query form of AWS Signature
 * Version 4 ("Create a signed AWS API request", IAM User Guide), computed from the request alone.
 */
final class StsReplay {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final String SIGNED_HEADERS = "host;x-k8s-aws-id";

  private StsReplay() {}

  static void check(
      VerifiedToken token,
      String clusterName,
      Function<String, Optional<String>> secretByAccessKeyId,
      Instant now) {
    GoUrl url = parsed(token);
    List<Parameter> query = query(url);
    require(
        value(query, "Version").equals("2011-06-15"),
        STS,
        "Could not find operation GetCallerIdentity without Version=2011-06-15");
    require(
        value(query, "X-Amz-Algorithm").equals(SigV4.ALGORITHM),
        STS,
        "X-Amz-Algorithm is not " + SigV4.ALGORITHM);
    String[] credential = value(query, "X-Amz-Credential").split("/", -1);
    require(
        credential.length == 5,
        STS,
        "X-Amz-Credential is not key/date/region/service/aws4_request");
    require(
        credential[3].equals("sts"), STS, "Credential should be scoped to correct service: 'sts'");
    require(
        credential[4].equals("aws4_request"),
        STS,
        "Credential should be scoped with a valid terminator: 'aws4_request'");
    require(
        value(query, "X-Amz-Date").startsWith(credential[1] + "T"),
        STS,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date");
    checkSignedHeaders(value(query, "X-Amz-SignedHeaders"));
    require(
        credential[2].equals(token.region()),
        "N26",
        "Credential should be scoped to a valid region: %s is not that of %s"
            .formatted(credential[2], token.host()));
    Instant signedAt = token.signedAt();
    require(!signedAt.isAfter(now.plus(SKEW)), "P19", "Signature not yet current: " + signedAt);
    Instant last = token.acceptedUntil();
    require(!now.isAfter(last), "N23", "Signature expired at " + last);
    require(
        !url.hasUserInfo(),
        STS,
        "The URL holds a user name, which would be sent as a second credential");
    String secret =
        secretByAccessKeyId
            .apply(credential[0])
            .orElseThrow(() ->
                new InvalidTokenException(
                    STS, "The access key id " + credential[0] + " is not known"));
    String expected = signature(query, token.host(), clusterName, secret);
    require(
        SigV4.isEqual(expected, value(query, "X-Amz-Signature")),
        "N24",
        "The signature is not that of the cluster \"%s\" and the secret of %s"
            .formatted(clusterName, credential[0]));
  }

  private static void checkSignedHeaders(String signedHeaders) {
    for (String name : signedHeaders.split(";", -1)) {
      require(
          List.of(SIGNED_HEADERS.split(";", -1)).contains(name.toLowerCase(Locale.ROOT)),
          "N25",
          "The header \"" + name + "\" is signed, but the server does not send it");
    }
    require(
        signedHeaders.equals(SIGNED_HEADERS),
        STS,
        "'Host' or 'x-k8s-aws-id' must be a 'SignedHeader', in lower case and in order");
  }

  private static GoUrl parsed(VerifiedToken token) {
    try {
      return GoUrl.parse(token.url());
    } catch (MalformedException e) {
      throw new InvalidTokenException("N5", "parse error: " + e.getMessage());
    }
  }

  private static List<Parameter> query(GoUrl url) {
    try {
      return url.parameters();
    } catch (MalformedException e) {
      throw new InvalidTokenException("N19", "malformed query parameter: " + e.getMessage());
    }
  }

  private static String value(List<Parameter> query, String name) {
    return ServerRequest.first(query, name).orElse("");
  }

  private static String signature(
      List<Parameter> query, String host, String clusterName, String secret) {
    String request =
        String.join(
            "\n",
            "GET",
            "/",
            SigV4.canonicalQuery(query),
            "host:" + SigV4.folded(host),
            "x-k8s-aws-id:" + SigV4.folded(clusterName),
            "",
            SIGNED_HEADERS,
            SigV4.sha256(new byte[0]));
    String credential = value(query, "X-Amz-Credential");
    String scope = credential.substring(credential.indexOf('/') + 1);
    return SigV4.signature(secret, value(query, "X-Amz-Date"), scope, request);
  }
}
