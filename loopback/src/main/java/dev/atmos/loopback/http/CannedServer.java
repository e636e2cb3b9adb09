package dev.atmos.loopback.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A server on 127.0.0.1 that understands nothing: after whatever a client sends, it sends the next
 * of its replies, and after the last one it hangs up. It stands for what is found where a proxy, or
 * AWS, should be.
 *
 * <p>Safe for use by many threads.
 */
public final class CannedServer implements AutoCloseable {
  private final List<String> replies;
  private final SocketAcceptor acceptor;

  private CannedServer(List<String> replies) throws IOException {
    this.replies = replies;
    this.acceptor = new SocketAcceptor(0, this::serve);
  }

  /**
   * Starts a server on a free port.
   *
   * @param replies the same for each connection, one character per byte; none hangs up at once
   * @throws IOException if there is no free port
   */
  public static CannedServer start(String... replies) throws IOException {
    CannedServer server = new CannedServer(List.of(replies));
    server.acceptor.start();
    return server;
  }

  /** The TCP port. */
  public int port() {
    return acceptor.port();
  }

  /** Stops the server and closes open connections. */
  @Override
  public void close() {
    acceptor.close();
  }

  private void serve(Socket socket) throws IOException {
    byte[] request = new byte[65_536];
    OutputStream out = socket.getOutputStream();
    for (String reply : replies) {
      if (socket.getInputStream().read(request) < 0) {
        return;
      }
      out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
