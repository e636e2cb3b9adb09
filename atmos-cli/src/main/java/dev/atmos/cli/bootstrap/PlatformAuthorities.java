package dev.atmos.cli.bootstrap;

import dev.atmos.cli.net.Authorities;
import dev.atmos.cli.net.TrustedAuthorities;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The authorities that Java and the operating system bring. */
final class PlatformAuthorities implements Authorities {

  /** Java's names for the stores of macOS and Windows; on other systems, it has none of them. */
  private static final List<String> SYSTEM_STORES =
      List.of("KeychainStore-ROOT", "KeychainStore", "Windows-ROOT");

  @Override
  public List<X509Certificate> ofJava() {
    try {
      return List.of(TrustedAuthorities.in(null).getAcceptedIssuers());
    } catch (GeneralSecurityException e) {
      // A Java without authorities of its own: the system's may do.
      return List.of();
    }
  }

  @Override
  public List<X509Certificate> ofTheSystem() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (String type : SYSTEM_STORES) {
      try {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        for (String alias : Collections.list(store.aliases())) {
          if (store.isCertificateEntry(alias)
              && store.getCertificate(alias) instanceof X509Certificate certificate) {
            certificates.add(certificate);
          }
        }
      } catch (GeneralSecurityException | IOException e) {
        // It is of another system, or can't be read: it adds no authority.
      }
    }
    return certificates;
  }
}
