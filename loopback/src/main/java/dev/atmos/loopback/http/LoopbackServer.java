package dev.atmos.loopback.http;

import dev.atmos.loopback.http.ServerResponse.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on 127.0.0.1. One port takes both plain HTTP and TLS: the first byte of a connection
 * tells which it is.
 *
 * <p>Safe for use by many threads.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  /** Answers requests; each connection has a thread of its own. */
  @FunctionalInterface
  public interface RequestHandler {
    /**
     * The response to a request.
     *
     * @throws InterruptedException if the server closes meanwhile
     */
    ServerResponse handle(ServerRequest request) throws InterruptedException;
  }

  private final TestCertificateAuthority authority;
  private final RequestHandler handler;
  private final SocketAcceptor acceptor;

  private LoopbackServer(
      int port, TestCertificateAuthority authority, List<String> hosts, RequestHandler handler)
      throws IOException {
    this.authority = authority;
    this.handler = handler;
    List<String> names = new ArrayList<>(List.of("127.0.0.1", "localhost"));
    names.addAll(hosts);
    SSLContext own = authority.server(names.toArray(String[]::new));
    this.acceptor = new SocketAcceptor(port, socket -> serve(socket, own));
  }

  /**
   * Starts a server.
   *
   * @param port the TCP port; 0 takes a free one
   * @param authority issues the server's certificate
   * @throws IOException if the port is taken
   */
  public static LoopbackServer start(
      int port, TestCertificateAuthority authority, RequestHandler handler) throws IOException {
    return start(port, authority, List.of(), handler);
  }

  /**
   * Starts a server that other names lead to as well.
   *
   * @param hosts the names that its certificate has beside {@code 127.0.0.1} and {@code localhost}
   * @throws IOException if the port is taken
   */
  public static LoopbackServer start(
      int port, TestCertificateAuthority authority, List<String> hosts, RequestHandler handler)
      throws IOException {
    LoopbackServer server = new LoopbackServer(port, authority, hosts, handler);
    server.acceptor.start();
    return server;
  }

  /** The TCP port. */
  public int port() {
    return acceptor.port();
  }

  /** Stops the server: closes open connections and interrupts the requests that wait. */
  @Override
  public void close() {
    acceptor.close();
  }

  /** Serves a connection that a proxy has accepted for a host, with a certificate for that host. */
  void serveAs(Socket socket, String host) throws IOException, InterruptedException {
    serve(socket, authority.server(host));
  }

  private void serve(Socket socket, SSLContext context) throws IOException, InterruptedException {
    InputStream in = socket.getInputStream();
    int first = in.read();
    if (first < 0) {
      return;
    }
    InputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
    if (first != TLS_HANDSHAKE) {
      serve(socket, socket, new SequenceInputStream(consumed, in));
      return;
    }
    try (SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, true)) {
      serve(socket, tls, tls.getInputStream());
    }
  }

  /**
   * Serves the requests of a connection.
   *
   * @param raw the TCP connection
   * @param socket the same, or TLS on it
   */
  private void serve(Socket raw, Socket socket, InputStream in)
      throws IOException, InterruptedException {
    Http1Connection connection = new Http1Connection(socket, in);
    boolean close = false;
    while (!close) {
      Optional<ServerRequest> request = connection.read();
      if (request.isEmpty()) {
        return;
      }
      ServerResponse response = handler.handle(request.get());
      switch (response.delivery()) {
        case WHOLE, HALF -> {
          close =
              request.get().header("connection").orElse("").equalsIgnoreCase("close")
                  || response.delivery() == Delivery.HALF;
          connection.write(request.get(), response, close);
        }
        case NEVER -> in.transferTo(OutputStream.nullOutputStream());
        case RESET -> {
          raw.setSoLinger(true, 0);
          raw.close();
          return;
        }
      }
    }
  }
}
