package dev.atmos.services.system;

import dev.atmos.plugin.io.Network;
import java.net.URI;
import java.util.Optional;

/** The network and its proxies, for clients that make their own connections. */
public interface ProxyNetwork extends Network {

  /**
   * The proxy that serves a URL; empty where the connection is direct.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the variable that names the proxy has no use
   */
  Optional<ProxyServer> proxy(URI uri);
}
