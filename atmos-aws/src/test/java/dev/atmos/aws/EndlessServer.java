package dev.atmos.aws;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers everything with a beginning, and goes on with it a little at a time, for ever. */
final class EndlessServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final String beginning;

  /**
   * @param beginning of the answer; empty for a header that doesn't end
   */
  EndlessServer(String beginning) throws IOException {
    this.beginning = beginning.isEmpty() ? "HTTP/1.1 200 OK\r\nX-Endless: " : beginning;
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> trickle(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void trickle(Socket socket) {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (!server.isClosed()) {
        out.write('x');
        out.flush();
        Thread.sleep(10);
      }
    } catch (IOException e) {
      // The client is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
