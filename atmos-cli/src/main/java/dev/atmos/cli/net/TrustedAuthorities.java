package dev.atmos.cli.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Verifies by a list of authorities, with all that Java's own verification does. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * For connections that trust the certificates of a text in PEM, and no others.
   *
   * @throws GeneralSecurityException if one can't be read, or there is none
   */
  public static SSLContext context(byte[] pem) throws GeneralSecurityException {
    List<X509Certificate> certificates = Pem.certificates(pem, Pem.Broken.REFUSED);
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {of(certificates)}, null);
    return context;
  }

  static X509ExtendedTrustManager of(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(String.valueOf(i), certificates.get(i));
    }
    return in(store);
  }

  /** Verifies by the authorities of a store; by Java's own where there is none. */
  public static X509ExtendedTrustManager in(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      // Only this kind gets to see the connection, and so compares the server's name.
      if (manager instanceof X509ExtendedTrustManager trusted) {
        return trusted;
      }
    }
    throw new GeneralSecurityException("no verification of X.509 certificates");
  }
}
