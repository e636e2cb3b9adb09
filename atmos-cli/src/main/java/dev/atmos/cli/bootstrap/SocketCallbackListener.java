package dev.atmos.cli.bootstrap;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.CallbackListener;
import dev.atmos.services.system.CallbackRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of the few requests that end a sign-in, or ask for credentials. The runtime of the
 * product doesn't have the module {@code jdk.httpserver}.
 */
final class SocketCallbackListener implements CallbackListener {
  /** Browsers connect ahead of what they ask for, and keep such connections silent. */
  private static final int CONNECTIONS = 8;

  private static final int MOST_BYTES = 32 * 1024;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private final ServerSocket server;
  private final boolean ownUserOnly;
  private final BlockingQueue<CallbackRequest> requests = new LinkedBlockingQueue<>();

  private SocketCallbackListener(ServerSocket server, boolean ownUserOnly) {
    this.server = server;
    this.ownUserOnly = ownUserOnly;
  }

  /**
   * @param ownUserOnly whether nothing is read of what other users send: they can read the address
   *     that a browser was started with
   */
  static SocketCallbackListener start(int port, boolean ownUserOnly) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    SocketCallbackListener listener =
        new SocketCallbackListener(new ServerSocket(port, CONNECTIONS, here), ownUserOnly);
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread.ofPlatform().daemon().name("atmos-callback").start(listener::serve);
    }
    return listener;
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public Optional<CallbackRequest> next(Duration wait) {
    try {
      return Optional.ofNullable(requests.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AtmosException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException e) {
        // The port is free again.
      }
    }
  }

  private void take(Socket socket) throws IOException {
    CallbackRequest request = null;
    try {
      boolean heard = !ownUserOnly || !ConnectionOwner.isOther(socket.getPort(), port());
      request = heard ? read(socket) : null;
    } catch (IOException e) {
      // The browser has gone, or stays silent.
    }
    if (request == null) {
      socket.close();
    } else {
      requests.add(request);
    }
  }

  /** Null for what isn't HTTP, is too long or takes too long. */
  private static @Nullable CallbackRequest read(Socket socket) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] part = new byte[4096];
    String text = "";
    while (!text.contains("\r\n\r\n")) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || head.size() > MOST_BYTES) {
        return null;
      }
      socket.setSoTimeout((int) left);
      int read = in.read(part);
      if (read < 0) {
        return null;
      }
      head.write(part, 0, read);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    String[] lines = text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return null;
    }
    return new SocketRequest(
        socket,
        words[0],
        words[1],
        header(lines, "host:"),
        Secret.of(header(lines, "authorization:")));
  }

  /** Empty for one that is there twice: nobody knows which of them counts. */
  private static String header(String[] lines, String name) {
    String value = null;
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name)) {
        value = value == null ? line.substring(name.length()).strip() : "";
      }
    }
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // It is given up all the same.
    }
  }

  private record SocketRequest(
      Socket socket, String method, String target, String host, Secret authorization)
      implements CallbackRequest {

    @Override
    public void answer(int status, String html) {
      send(status, "text/html; charset=utf-8", "", html);
    }

    @Override
    public void answerJson(int status, Secret json) {
      send(status, "application/json", "", json.reveal());
    }

    @Override
    public void redirect(Secret address) {
      send(302, "text/html", "Location: " + address.reveal() + "\r\n", "");
    }

    private void send(int status, String type, String more, String text) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      String head =
          "HTTP/1.1 "
              + status
              + " \r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + body.length
              + "\r\n"
              + more
              + "Connection: close\r\n"
              + "Cache-Control: no-store\r\n"
              + "Referrer-Policy: no-referrer\r\n"
              + "X-Content-Type-Options: nosniff\r\n"
              + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline';"
              + " frame-ancestors 'none'\r\n\r\n";
      try (socket) {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // The browser has gone.
      }
    }

    @Override
    public String toString() {
      return method; // The rest may hold a secret.
    }
  }
}
