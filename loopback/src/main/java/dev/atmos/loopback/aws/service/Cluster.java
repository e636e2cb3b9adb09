package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.Partition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A cluster as EKS describes it.
 *
 * @param account twelve digits
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the API server's address; empty leaves it out
 * @param caData the certificate to trust, in base64, sent verbatim; empty leaves it out
 * @param tags by key
 */
public record Cluster(
    String name,
    String account,
    String region,
    String status,
    String endpoint,
    String caData,
    Map<String, String> tags) {
  /** Of the form of a certificate: nothing listens at the server. */
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";

  /** An active cluster whose API server doesn't exist. */
  public static Cluster of(String name, String account, String region) {
    return new Cluster(name, account, region, "ACTIVE", "", "", Map.of())
        .server(
            "https://0123456789ABCDEF0123456789ABCDEF.gr7." + region + ".eks.amazonaws.com", PEM);
  }

  /** In another state. */
  public Cluster status(String other) {
    return new Cluster(name, account, region, other, endpoint, caData, tags);
  }

  /**
   * With an API server.
   *
   * @param caPem the certificate to trust, in PEM
   */
  public Cluster server(String url, String caPem) {
    byte[] pem = caPem.getBytes(StandardCharsets.UTF_8);
    return raw(url, Base64.getEncoder().encodeToString(pem));
  }

  /** With tags, in place of those that it has. */
  public Cluster tagged(Map<String, String> others) {
    return new Cluster(name, account, region, status, endpoint, caData, Map.copyOf(others));
  }

  /** With these fields verbatim. */
  public Cluster raw(String endpoint, String caData) {
    return new Cluster(name, account, region, status, endpoint, caData, tags);
  }

  /** The ARN, such as {@code arn:aws:eks:us-east-2:111122223333:cluster/demo}. */
  public String arn() {
    String partition = Partition.ofRegion(region).id();
    return "arn:" + partition + ":eks:" + region + ":" + account + ":cluster/" + name;
  }
}
