package dev.atmos.cli.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts whom either of two stores trusts. A path ends at one authority, which is in one of them,
 * so the second need not be read where the first is enough.
 */
final class FallbackTrustManager extends X509ExtendedTrustManager {
  private final Store first;
  private final Store second;

  FallbackTrustManager(
      Supplier<List<X509Certificate>> first, Supplier<List<X509Certificate>> second) {
    this.first = new Store(first);
    this.second = new Store(second);
  }

  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager store) throws CertificateException;
  }

  private void check(Check check) throws CertificateException {
    try {
      check.by(first.manager());
    } catch (CertificateException e) {
      try {
        check.by(second.manager());
      } catch (CertificateException other) {
        // The store that knows the authority has the say on all else.
        throw isUnknownAuthority(other) ? e : other;
      }
    }
  }

  static boolean isUnknownAuthority(@Nullable Throwable e) {
    return e != null && (e instanceof CertPathBuilderException || isUnknownAuthority(e.getCause()));
  }

  private static final class Store {
    private final Supplier<List<X509Certificate>> authorities;
    private @Nullable X509ExtendedTrustManager manager;

    Store(Supplier<List<X509Certificate>> authorities) {
      this.authorities = authorities;
    }

    synchronized X509ExtendedTrustManager manager() throws CertificateException {
      X509ExtendedTrustManager known = manager;
      if (known == null) {
        List<X509Certificate> certificates = authorities.get();
        if (certificates.isEmpty()) {
          throw new CertificateException(
              new CertPathBuilderException("there is no authority to trust"));
        }
        try {
          known = TrustedAuthorities.of(certificates);
        } catch (GeneralSecurityException e) {
          throw new CertificateException(e);
        }
        manager = known;
      }
      return known;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(store -> store.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(store -> store.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(store -> store.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAServer();
  }

  private static CertificateException notAServer() {
    return new CertificateException("atmos is not a server");
  }

  /** None: only a server names authorities to its clients. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
