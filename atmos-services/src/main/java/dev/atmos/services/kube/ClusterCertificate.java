package dev.atmos.services.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The certificates that a cluster's server is trusted by, as {@code certificate-authority-data} has
 * them: PEM, in base64. kubectl refuses a whole kubeconfig in which one of them is broken.
 *
 * @param data base64 in one line
 */
public record ClusterCertificate(String data) {
  private static final int LONGEST = 1 << 20;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /**
   * @throws IllegalArgumentException if it isn't base64 of at least one certificate in PEM
   */
  public ClusterCertificate {
    if (data.length() > LONGEST) {
      throw new IllegalArgumentException("the certificate authority is longer than 1 MiB");
    }
    checkPem(data);
  }

  private static void checkPem(String data) {
    String pem;
    try {
      pem = new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the certificate authority isn't base64", e);
    }
    String[] parts = pem.split(BEGIN, -1);
    if (parts.length == 1) {
      throw new IllegalArgumentException("the certificate authority holds no certificate in PEM");
    }
    for (String certificate : List.of(parts).subList(1, parts.length)) {
      int end = certificate.indexOf(END);
      if (end < 0) {
        throw new IllegalArgumentException("the certificate authority ends within a certificate");
      }
      checkBody(certificate.substring(0, end));
    }
  }

  private static void checkBody(String body) {
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a certificate of the authority isn't base64", e);
    }
    if (der.length == 0) {
      throw new IllegalArgumentException("a certificate of the authority is empty");
    }
  }
}
