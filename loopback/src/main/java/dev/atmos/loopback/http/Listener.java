package dev.atmos.loopback.http;

import dev.atmos.loopback.http.Answer.Delivery;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on 127.0.0.1. One port takes both plain HTTP and TLS: the first byte of a connection
 * says which it is.
 *
 * <p>Safe for use by many threads.
 */
public final class Listener implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  /** Answers requests, each in a thread of its own. */
  @FunctionalInterface
  public interface Handler {
    /**
     * The answer to a request.
     *
     * @throws InterruptedException if the server closes meanwhile
     */
    Answer handle(Request request) throws InterruptedException;
  }

  private final CertificateAuthority authority;
  private final SSLContext own;
  private final Handler handler;
  private final Sockets sockets;

  private Listener(int port, CertificateAuthority authority, Handler handler) throws IOException {
    this.authority = authority;
    this.own = authority.server("127.0.0.1", "localhost");
    this.handler = handler;
    this.sockets = new Sockets(port, socket -> serve(socket, own));
  }

  /**
   * Starts a server.
   *
   * @param port the TCP port; 0 takes a free one
   * @param authority who vouches for the server
   * @throws IOException if the port is taken
   */
  public static Listener start(int port, CertificateAuthority authority, Handler handler)
      throws IOException {
    Listener listener = new Listener(port, authority, handler);
    listener.sockets.start();
    return listener;
  }

  /** The TCP port. */
  public int port() {
    return sockets.port();
  }

  /** Stops the server; open connections are closed, and waiting requests interrupted. */
  @Override
  public void close() {
    sockets.close();
  }

  /** Serves a connection that a proxy has taken for a host, under that host's name. */
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
    if (first == TLS_HANDSHAKE) {
      try (SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, true)) {
        serve(socket, tls.getInputStream(), tls.getOutputStream());
      }
    } else {
      serve(socket, new SequenceInputStream(consumed, in), socket.getOutputStream());
    }
  }

  private void serve(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    Wire wire = new Wire(new BufferedInputStream(in), new BufferedOutputStream(out));
    while (true) {
      Optional<Request> request = wire.read();
      if (request.isEmpty()) {
        return;
      }
      Answer answer = handler.handle(request.get());
      boolean close =
          request.get().header("connection").orElse("").equalsIgnoreCase("close")
              || answer.delivery() == Delivery.HALF;
      switch (answer.delivery()) {
        case WHOLE, HALF -> wire.write(request.get(), answer, close);
        case NEVER -> wire.awaitEnd();
        case RESET -> {
          socket.setSoLinger(true, 0);
          socket.close();
          return;
        }
      }
      if (close) {
        return;
      }
    }
  }

  /** A server socket, its connections and their threads. */
  static final class Sockets implements AutoCloseable {

    /** Serves one connection to its end. */
    @FunctionalInterface
    interface Serve {
      void serve(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket();
    private final Serve serve;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Sockets(int port, Serve serve) throws IOException {
      this.serve = serve;
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
          Thread thread = Thread.ofVirtual().unstarted(() -> run(socket));
          threads.add(thread);
          thread.start();
          if (server.isClosed()) {
            closeConnections();
          }
        } catch (IOException e) {
          // It is closed, or a client was gone before it was served.
        }
      }
    }

    private void run(Socket socket) {
      try (socket) {
        socket.setTcpNoDelay(true);
        serve.serve(socket);
      } catch (IOException e) {
        // The client is gone, or does not trust us. It knows why; there is nobody else to tell.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        open.remove(socket);
        threads.remove(Thread.currentThread());
      }
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        // Then it is closed all the same.
      }
      closeConnections();
    }

    private void closeConnections() {
      threads.forEach(Thread::interrupt);
      for (Socket socket : open) {
        try {
          socket.close();
        } catch (IOException e) {
          // Then it is closed all the same.
        }
      }
    }
  }
}
