package dev.atmos.cli.net;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates of a text (RFC 7468, section 5): as many as there are, with anything between
 * them.
 */
final class Pem {
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
    // Other labels are those of keys, or of OpenSSL's own form, which holds more than a
    // certificate.
    Matcher pem =
        Pattern.compile("-----BEGIN (X509 )?CERTIFICATE-----(?<body>[^-]*+)(?<end>(-----END )?)")
            .matcher(new String(content, StandardCharsets.ISO_8859_1));
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (int count = 1; pem.find(); count++) {
      try {
        if (pem.group("end").isEmpty()) {
          throw new CertificateException("it has no end");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group("body"));
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
