package dev.atmos.services.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

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
    int certificates = 0;
    int at = 0;
    while ((at = pem.indexOf(BEGIN, at)) >= 0) {
      int end = pem.indexOf(END, at);
      if (end < 0) {
        throw new IllegalArgumentException("the certificate authority ends within a certificate");
      }
      checkBody(pem.substring(at + BEGIN.length(), end));
      certificates++;
      at = end;
    }
    if (certificates == 0) {
      throw new IllegalArgumentException("the certificate authority holds no certificate in PEM");
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
