package dev.atmos.plugin.testkit;

import dev.atmos.plugin.io.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A network that ends at this machine: it reaches servers that a test has started on 127.0.0.1, and
 * fails a test that would connect to another host. It trusts only the certificates that a test
 * adds.
 */
public class FakeNetwork implements Network {
  private final List<Certificate> trusted = new ArrayList<>();
  private final List<URI> asked = new ArrayList<>();
  private @Nullable RuntimeException failure;
  private @Nullable Network other;

  /** Trusts the certificates of a PEM text as well. */
  public synchronized FakeNetwork trust(String pem) {
    try {
      trusted.addAll(
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  /** Makes every connection fail with that exception. */
  public synchronized FakeNetwork fail(RuntimeException exception) {
    failure = exception;
    return this;
  }

  /** Passes everything on to another network from now on. */
  public synchronized FakeNetwork instead(Network network) {
    other = network;
    return this;
  }

  /** The URLs that connections were asked for, in order. */
  public synchronized List<URI> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized HttpURLConnection connection(URI uri, Duration toConnect, Duration silence) {
    asked.add(uri);
    RuntimeException known = failure;
    if (known != null) {
      throw known;
    }
    Network real = other;
    if (real != null) {
      return real.connection(uri, toConnect, silence);
    }
    if (!"127.0.0.1".equals(uri.getHost()) && !"localhost".equals(uri.getHost())) {
      throw new AssertionError("a test would connect to " + uri);
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
      connection.setConnectTimeout(Math.toIntExact(toConnect.toMillis()));
      connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
      connection.setInstanceFollowRedirects(false);
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(tls().getSocketFactory());
      }
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized SSLContext tls() {
    Network real = other;
    if (real != null) {
      return real.tls();
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry(String.valueOf(i), trusted.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
