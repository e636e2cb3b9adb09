package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.Partition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A cluster as EKS describes it.
 *
 * @param account twelve digits
 * @param status {@code ACTIVE}, {@code CREATING} and so on
 * @param endpoint the API server's address; empty leaves it out
 * @param caData the certificate to trust, in base64, sent verbatim; empty leaves it out
 */
public record Cluster(
    String name, String account, String region, String status, String endpoint, String caData) {

  /** An active cluster whose API server doesn't exist. */
  public static Cluster of(String name, String account, String region) {
    return new Cluster(
        name,
        account,
        region,
        "ACTIVE",
        "https://0123456789ABCDEF0123456789ABCDEF.gr7." + region + ".eks.amazonaws.com",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==");
  }

  /** In another state. */
  public Cluster status(String other) {
    return new Cluster(name, account, region, other, endpoint, caData);
  }

  /**
   * With an API server.
   *
   * @param caPem the certificate to trust, in PEM
   */
  public Cluster server(String url, String caPem) {
    byte[] pem = caPem.getBytes(StandardCharsets.UTF_8);
    return new Cluster(name, account, region, status, url, Base64.getEncoder().encodeToString(pem));
  }

  /** With these fields verbatim. */
  public Cluster raw(String endpoint, String caData) {
    return new Cluster(name, account, region, status, endpoint, caData);
  }

  /** The ARN, such as {@code arn:aws:eks:us-east-2:111122223333:cluster/demo}. */
  public String arn() {
    String partition = Partition.ofRegion(region).id();
    return "arn:" + partition + ":eks:" + region + ":" + account + ":cluster/" + name;
  }
}
