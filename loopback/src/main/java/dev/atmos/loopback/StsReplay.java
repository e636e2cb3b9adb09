package dev.atmos.loopback;

import dev.atmos.loopback.GoUrl.MalformedException;
import dev.atmos.loopback.GoUrl.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What STS does with a presigned request: the query form of AWS Signature Version 4 ("Create a
 * signed AWS API request", IAM User Guide), computed from the request alone.
 */
final class StsReplay {
  private static final Duration SKEW = Duration.ofMinutes(15);

  private StsReplay() {}

  static void check(
      VerifiedToken token,
      String clusterName,
      Function<String, Optional<String>> secretByAccessKeyId,
      Instant now) {
    Map<String, String> query = query(token);
    if (!query.getOrDefault("Version", "").equals("2011-06-15")) {
      throw refused("Could not find operation GetCallerIdentity without Version=2011-06-15");
    }
    if (!query.getOrDefault("X-Amz-Algorithm", "").equals(SigV4.ALGORITHM)) {
      throw refused("X-Amz-Algorithm is not " + SigV4.ALGORITHM);
    }
    String[] credential = query.getOrDefault("X-Amz-Credential", "").split("/", -1);
    if (credential.length != 5) {
      throw refused("X-Amz-Credential is not key/date/region/service/aws4_request");
    }
    if (!credential[3].equals("sts")) {
      throw refused("Credential should be scoped to correct service: 'sts'");
    }
    if (!credential[4].equals("aws4_request")) {
      throw refused("Credential should be scoped with a valid terminator: 'aws4_request'");
    }
    String date = query.getOrDefault("X-Amz-Date", "");
    if (!date.startsWith(credential[1] + "T")) {
      throw refused(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date");
    }
    checkSignedHeaders(query.getOrDefault("X-Amz-SignedHeaders", ""));
    if (!credential[2].equals(token.region())) {
      throw new InvalidTokenException(
          "N26",
          "Credential should be scoped to a valid region: "
              + credential[2]
              + " is not that of "
              + token.host());
    }
    if (token.signedAt().isAfter(now.plus(SKEW))) {
      throw new InvalidTokenException("P19", "Signature not yet current: " + token.signedAt());
    }
    if (now.isAfter(token.acceptedUntil())) {
      throw new InvalidTokenException("N23", "Signature expired at " + token.acceptedUntil());
    }
    if (parsed(token).hasUserInfo()) {
      throw refused("The URL holds a user name, which would be sent as a second credential");
    }
    String secret =
        secretByAccessKeyId
            .apply(credential[0])
            .orElseThrow(() -> refused("The access key id " + credential[0] + " is not known"));
    String expected = signature(query, token.host(), clusterName, secret);
    String found = query.getOrDefault("X-Amz-Signature", "");
    if (!MessageDigest.isEqual(utf8(expected), utf8(found))) {
      throw new InvalidTokenException(
          "N24",
          "The signature is not that of the cluster \""
              + clusterName
              + "\" and the secret of "
              + credential[0]);
    }
  }

  private static void checkSignedHeaders(String signedHeaders) {
    List<String> names = List.of(signedHeaders.split(";", -1));
    for (String name : names) {
      String folded = name.toLowerCase(Locale.ROOT);
      if (!folded.equals("host") && !folded.equals("x-k8s-aws-id")) {
        throw new InvalidTokenException(
            "N25", "The header \"" + name + "\" is signed, but the server does not send it");
      }
    }
    if (!signedHeaders.equals("host;x-k8s-aws-id")) {
      throw refused(
          "'Host' or 'x-k8s-aws-id' must be a 'SignedHeader', in lower case and in order");
    }
  }

  private static GoUrl parsed(VerifiedToken token) {
    try {
      return GoUrl.parse(token.url());
    } catch (MalformedException e) {
      throw new InvalidTokenException("N5", "parse error: " + e.getMessage());
    }
  }

  /** The parameters by name, in the order of their names in UTF-8; names keep their case. */
  private static Map<String, String> query(VerifiedToken token) {
    Map<String, String> query = new TreeMap<>();
    try {
      for (Parameter parameter : parsed(token).parameters()) {
        query.put(parameter.name(), parameter.value());
      }
    } catch (MalformedException e) {
      throw new InvalidTokenException("N19", "malformed query parameter: " + e.getMessage());
    }
    return query;
  }

  static String signature(
      Map<String, String> query, String host, String clusterName, String secret) {
    StringBuilder canonicalQuery = new StringBuilder();
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      if (!parameter.getKey().equals("X-Amz-Signature")) {
        canonicalQuery
            .append(canonicalQuery.isEmpty() ? "" : "&")
            .append(SigV4.encode(parameter.getKey()))
            .append('=')
            .append(SigV4.encode(parameter.getValue()));
      }
    }
    String request =
        String.join(
            "\n",
            "GET",
            "/",
            canonicalQuery,
            "host:" + SigV4.folded(host),
            "x-k8s-aws-id:" + SigV4.folded(clusterName),
            "",
            "host;x-k8s-aws-id",
            SigV4.sha256(utf8("")));
    String credential = query.getOrDefault("X-Amz-Credential", "");
    String scope = credential.substring(credential.indexOf('/') + 1);
    return SigV4.signature(secret, query.getOrDefault("X-Amz-Date", ""), scope, request);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InvalidTokenException refused(String message) {
    return new InvalidTokenException(InvalidTokenException.STS, message);
  }
}
