package dev.atmos.loopback.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.core5.io.Closer;

/**
 * A server socket on 127.0.0.1, its connections and their threads. Raw sockets, because neither the
 * JDK's server nor a library's lets a caller see the first byte of a connection before TLS, or
 * reset it.
 */
final class SocketAcceptor implements AutoCloseable {

  /** Serves one connection until it ends. */
  @FunctionalInterface
  interface ConnectionHandler {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket server = new ServerSocket();
  private final ConnectionHandler handler;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  SocketAcceptor(int port, ConnectionHandler handler) throws IOException {
    this.handler = handler;
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    server.bind(new InetSocketAddress(loopback, port), 1024);
  }

  int port() {
    return server.getLocalPort();
  }

  void start() {
    Thread.ofPlatform().daemon().name("loopback-" + port()).start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // The server is closed, or the client left before it was served.
      } catch (RejectedExecutionException e) {
        open.forEach(Closer::closeQuietly); // It was closed meanwhile.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      handler.serve(socket);
    } catch (IOException e) {
      // The client left, does not trust the certificate, or sent no valid request. It knows that.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    Closer.closeQuietly(server);
    threads.shutdownNow();
    open.forEach(Closer::closeQuietly);
  }
}
