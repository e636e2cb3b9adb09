package dev.atmos.services.testing;

import dev.atmos.plugin.testkit.FakeNetwork;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.ProxyNetwork;
import dev.atmos.services.system.ProxyServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link FakeNetwork} that a test can give a proxy. */
public final class FakeProxyNetwork extends FakeNetwork implements ProxyNetwork {
  private @Nullable ProxyServer proxy;
  private @Nullable ProxyNetwork other;
  private @Nullable FakeCallbackListener listener;

  /** A network without a proxy. */
  public FakeProxyNetwork() {}

  /** Sets the proxy of all URLs; {@link #connection} makes direct connections all the same. */
  public synchronized FakeProxyNetwork proxy(ProxyServer server) {
    proxy = server;
    return this;
  }

  /** Passes everything on to another network from now on. */
  public synchronized FakeProxyNetwork instead(ProxyNetwork network) {
    super.instead(network);
    other = network;
    return this;
  }

  @Override
  public synchronized FakeProxyNetwork trust(String pem) {
    super.trust(pem);
    return this;
  }

  @Override
  public synchronized FakeProxyNetwork fail(RuntimeException exception) {
    super.fail(exception);
    return this;
  }

  /** Listens by that from now on; without one, listening fails. */
  public synchronized FakeProxyNetwork listener(@Nullable FakeCallbackListener callbacks) {
    listener = callbacks;
    return this;
  }

  @Override
  public synchronized CallbackListener listen(int port) throws IOException {
    ProxyNetwork real = other;
    if (real != null) {
      return real.listen(port);
    }
    if (listener == null) {
      throw new IOException("Permission denied");
    }
    return listener;
  }

  @Override
  public synchronized Optional<ProxyServer> proxy(URI uri) {
    ProxyNetwork real = other;
    return real == null ? Optional.ofNullable(proxy) : real.proxy(uri);
  }
}
