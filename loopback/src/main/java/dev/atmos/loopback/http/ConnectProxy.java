package dev.atmos.loopback.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on 127.0.0.1 that leads every host to one {@link LoopbackServer}: a client that
 * asks it for {@code CONNECT oidc.us-east-1.amazonaws.com:443} speaks TLS with that server, which
 * shows a certificate for the host. With it, clients can be tested whose endpoint can't be set.
 *
 * <p>Safe for use by many threads.
 */
public final class ConnectProxy implements AutoCloseable {

  /**
   * A tunnel that a client asked for.
   *
   * @param host the host and the port, as sent
   * @param status 200; or 407, if the client's password was wrong or missing
   */
  public record Tunnel(String host, int status) {}

  private final LoopbackServer server;
  private final @Nullable String authorization;
  private final SocketAcceptor acceptor;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();

  private ConnectProxy(LoopbackServer server, @Nullable String credentials, int port)
      throws IOException {
    this.server = server;
    this.authorization = credentials == null ? null : basic(credentials);
    this.acceptor = new SocketAcceptor(port, this::serve);
  }

  /**
   * Starts a proxy.
   *
   * @param port the TCP port; 0 takes a free one
   * @param credentials user name and password with a colon between, for Basic authentication; null
   *     requires none
   * @throws IOException if the port is taken
   */
  public static ConnectProxy start(LoopbackServer server, int port, @Nullable String credentials)
      throws IOException {
    ConnectProxy proxy = new ConnectProxy(server, credentials, port);
    proxy.acceptor.start();
    return proxy;
  }

  /** The address for {@code HTTPS_PROXY}, without credentials. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The TCP port. */
  public int port() {
    return acceptor.port();
  }

  /** Every tunnel that clients asked for, in order. */
  public List<Tunnel> tunnels() {
    return List.copyOf(tunnels);
  }

  /** Stops the proxy and closes open tunnels. */
  @Override
  public void close() {
    acceptor.close();
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    Http1Connection connection = new Http1Connection(socket, socket.getInputStream());
    while (true) {
      Optional<ServerRequest> read = connection.read();
      if (read.isEmpty()) {
        return;
      }
      ServerRequest request = read.get();
      String target = request.target();
      int colon = target.lastIndexOf(':');
      if (!request.method().equals("CONNECT") || colon < 0) {
        connection.write(request, ServerResponse.of(405, "text/plain", "only CONNECT\n"), true);
        return;
      }
      boolean allowed =
          authorization == null
              || request.header("proxy-authorization").orElse("").equals(authorization);
      tunnels.add(new Tunnel(target, allowed ? 200 : 407));
      if (allowed) {
        connection.writeEstablished();
        server.serveAs(socket, target.substring(0, colon));
        return;
      }
      Map<String, String> challenge = Map.of("Proxy-Authenticate", "Basic realm=\"loopback\"");
      connection.write(
          request, new ServerResponse(407, challenge, "", ServerResponse.Delivery.WHOLE), false);
    }
  }

  private static String basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
