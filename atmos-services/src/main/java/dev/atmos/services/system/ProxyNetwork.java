package dev.atmos.services.system;

import dev.atmos.plugin.io.Network;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The network and its proxies, for clients that make their own connections, and this machine's. */
public interface ProxyNetwork extends Network {

  /**
   * The proxy that serves a URL; empty where the connection is direct.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the variable that names the proxy has no use
   */
  Optional<ProxyServer> proxy(URI uri);

  /**
   * Listens for browsers on this machine, at a port that is free. Where the system tells whose a
   * connection is, those of other users are closed unread.
   *
   * @throws IOException if the operating system doesn't allow that; the message says why
   */
  default CallbackListener listen() throws IOException {
    return listen(0);
  }

  /**
   * Listens for programs on this machine, whoever has started them.
   *
   * @param port where; 0 for any that is free
   * @throws IOException if the port is taken, or the operating system doesn't allow that; the
   *     message says why
   */
  default CallbackListener listen(int port) throws IOException {
    throw new IOException("this network has no server");
  }

  /**
   * Asks a server whose certificate authority is known. Follows no redirect.
   *
   * @throws PinnedRequestException if there is no answer
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the URL or the variable that names the proxy has no use
   */
  default PinnedRequest.Answer ask(PinnedRequest request) throws PinnedRequestException {
    throw new PinnedRequestException(
        PinnedRequest.Step.CONNECT, "this network has no servers", new IOException());
  }
}
