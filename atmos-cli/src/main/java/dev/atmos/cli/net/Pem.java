package dev.atmos.cli.net;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The certificates of a text (RFC 7468, section 5): as many as there are, with anything between
 * them.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  /** What becomes of a certificate that can't be read. */
  enum Broken {
    /** It is left out: of a system's store, all others are as good as before. */
    SKIPPED,
    /** It is an error. */
    REFUSED
  }

  private Pem() {}

  /**
   * @throws CertificateException if one can't be read, and is to be refused; the message says which
   */
  static List<X509Certificate> certificates(byte[] content, Broken broken)
      throws CertificateException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    int count = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
      int start = text.indexOf("-----", begin + BEGIN.length());
      if (start < 0) {
        break;
      }
      String label = text.substring(begin + BEGIN.length(), start);
      if (!label.equals("CERTIFICATE") && !label.equals("X509 CERTIFICATE")) {
        continue; // A key, or OpenSSL's own form, which is no certificate alone.
      }
      count++;
      int end = text.indexOf(END, start);
      try {
        if (end < 0) {
          throw new CertificateException("it has no end");
        }
        byte[] der = Base64.getMimeDecoder().decode(text.substring(start + 5, end));
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      } catch (CertificateException | IllegalArgumentException e) {
        if (broken == Broken.REFUSED) {
          throw new CertificateException("certificate " + count + " can't be read", e);
        }
      }
    }
    return certificates;
  }
}
