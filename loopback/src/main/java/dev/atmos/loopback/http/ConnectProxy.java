package dev.atmos.loopback.http;

import dev.atmos.loopback.http.Listener.Sockets;
import java.io.BufferedOutputStream;
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
 * An HTTP proxy on 127.0.0.1 that takes every host for one {@link Listener}: whoever asks it for
 * {@code CONNECT oidc.us-east-1.amazonaws.com:443} speaks TLS with the listener, which shows a
 * certificate for that host. So clients whose endpoint can't be set can be tested as well.
 *
 * <p>Safe for use by many threads.
 */
public final class ConnectProxy implements AutoCloseable {

  /**
   * A tunnel that was asked for.
   *
   * @param host the host and the port, as sent
   * @param status 200; or 407, if the client was not let in
   */
  public record Tunnel(String host, int status) {}

  private final Listener listener;
  private final @Nullable String credentials;
  private final Sockets sockets;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();

  private ConnectProxy(Listener listener, @Nullable String credentials, int port)
      throws IOException {
    this.listener = listener;
    this.credentials = credentials;
    this.sockets = new Sockets(port, this::serve);
  }

  /**
   * Starts a proxy.
   *
   * @param port the TCP port; 0 takes a free one
   * @param credentials user name and password with a colon between, for Basic authentication; null
   *     lets everybody in
   * @throws IOException if the port is taken
   */
  public static ConnectProxy start(Listener listener, int port, @Nullable String credentials)
      throws IOException {
    ConnectProxy proxy = new ConnectProxy(listener, credentials, port);
    proxy.sockets.start();
    return proxy;
  }

  /** The address for {@code HTTPS_PROXY}, without credentials. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The TCP port. */
  public int port() {
    return sockets.port();
  }

  /** Every tunnel that was asked for, in order. */
  public List<Tunnel> tunnels() {
    return List.copyOf(tunnels);
  }

  /** Stops the proxy; open tunnels are closed. */
  @Override
  public void close() {
    sockets.close();
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    // Not buffered: what follows the request is for the listener.
    Wire wire =
        new Wire(socket.getInputStream(), new BufferedOutputStream(socket.getOutputStream()));
    while (true) {
      Optional<Request> read = wire.read();
      if (read.isEmpty()) {
        return;
      }
      Request request = read.get();
      String target = request.rawPath();
      int colon = target.lastIndexOf(':');
      if (!request.method().equals("CONNECT") || colon < 0) {
        wire.write(request, Answer.of(405, "text/plain", "only CONNECT\n"), true);
        return;
      }
      boolean allowed = isAllowed(request.header("proxy-authorization").orElse(""));
      tunnels.add(new Tunnel(target, allowed ? 200 : 407));
      if (allowed) {
        socket.getOutputStream().write(utf8("HTTP/1.1 200 Connection established\r\n\r\n"));
        listener.serveAs(socket, target.substring(0, colon));
        return;
      }
      Map<String, String> challenge = Map.of("Proxy-Authenticate", "Basic realm=\"loopback\"");
      wire.write(request, new Answer(407, challenge, "", Answer.Delivery.WHOLE), false);
    }
  }

  private boolean isAllowed(String authorization) {
    return credentials == null
        || authorization.equals("Basic " + Base64.getEncoder().encodeToString(utf8(credentials)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
