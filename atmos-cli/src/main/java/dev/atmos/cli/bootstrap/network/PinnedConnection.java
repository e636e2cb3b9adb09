package dev.atmos.cli.bootstrap.network;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.PinnedRequest;
import dev.atmos.services.system.PinnedRequest.Answer;
import dev.atmos.services.system.PinnedRequest.Step;
import dev.atmos.services.system.PinnedRequestException;
import dev.atmos.services.system.ProxyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link PinnedRequest}, step by step: a client of Java's tells neither where a request has
 * failed nor takes another name for the certificate.
 */
public final class PinnedConnection {
  private static final int MOST_BYTES = 64 * 1024;
  private static final String END = "\r\n\r\n";

  private final PinnedRequest request;
  private final @Nullable ProxyServer proxy;
  private final SSLContext trust;
  private final String host;
  private final int port;
  private Step step = Step.RESOLVE;

  /**
   * A connection of which nothing is done yet.
   *
   * @param proxy null for none
   * @param trust what the server's certificate is verified by
   */
  public PinnedConnection(PinnedRequest request, @Nullable ProxyServer proxy, SSLContext trust) {
    this.request = request;
    this.proxy = proxy;
    this.trust = trust;
    URI uri = request.uri();
    String named = uri.getHost();
    // An IPv6 address stands in brackets.
    this.host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
    this.port = uri.getPort() < 0 ? 443 : uri.getPort();
  }

  /**
   * Makes the request.
   *
   * @throws PinnedRequestException if there is no answer
   */
  public Answer ask() throws PinnedRequestException {
    try {
      InetAddress address = InetAddress.getByName(proxy == null ? host : proxy.host());
      step = Step.CONNECT;
      try (Socket tcp = connected(address)) {
        if (proxy != null && proxy.kind() == ProxyServer.Kind.HTTP) {
          step = Step.TUNNEL;
          tunnel(tcp, proxy);
        }
        step = Step.TLS;
        try (SSLSocket tls = secured(tcp)) {
          step = Step.ANSWER;
          return answer(tls);
        }
      }
    } catch (IOException e) {
      throw new PinnedRequestException(step, String.valueOf(e.getMessage()), e);
    }
  }

  private Socket connected(InetAddress address) throws IOException {
    int millis = Math.clamp(request.limit().toMillis(), 1, Integer.MAX_VALUE);
    boolean socks = proxy != null && proxy.kind() == ProxyServer.Kind.SOCKS;
    InetSocketAddress first = new InetSocketAddress(address, proxy == null ? port : proxy.port());
    Socket socket = new Socket(socks ? new Proxy(Proxy.Type.SOCKS, first) : Proxy.NO_PROXY);
    try {
      socket.setSoTimeout(millis);
      socket.connect(socks ? InetSocketAddress.createUnresolved(host, port) : first, millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void tunnel(Socket socket, ProxyServer proxy) throws IOException {
    String target = authority();
    StringBuilder head = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target);
    Secret password = proxy.password();
    if (password != null) {
      byte[] login = (proxy.user() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      head.append("\r\nProxy-Authorization: Basic ")
          .append(Base64.getEncoder().encodeToString(login));
    }
    send(socket, head);
    String answer = head(socket.getInputStream());
    int status = status(answer);
    if (status / 100 != 2) {
      throw new IOException("the proxy answers with status " + status);
    }
  }

  /** By the name of the certificate, Java asks for it and verifies it. */
  private SSLSocket secured(Socket tcp) throws IOException {
    String name = request.serverName() == null ? host : request.serverName();
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(tcp, name, port, /* autoClose= */ true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Answer answer(Socket socket) throws IOException {
    URI uri = request.uri();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder head = new StringBuilder("GET " + path + query + " HTTP/1.1");
    head.append("\r\nHost: ").append(authority());
    head.append("\r\nAccept: application/json\r\nUser-Agent: atmos\r\nConnection: close");
    Secret bearer = request.bearer();
    if (bearer != null) {
      head.append("\r\nAuthorization: Bearer ").append(bearer.reveal());
    }
    send(socket, head);
    InputStream in = socket.getInputStream();
    int status = status(head(in));
    return new Answer(status, new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
  }

  private String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static void send(Socket socket, StringBuilder head) throws IOException {
    byte[] bytes = head.append(END).toString().getBytes(StandardCharsets.ISO_8859_1);
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads the head of an answer, and none of what follows. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith(END)) {
      int next = in.read();
      if (next < 0 || head.size() == MOST_BYTES) {
        throw new IOException("the answer isn't one of HTTP");
      }
      head.write(next);
      if (next == '\n') {
        text = head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  private static int status(String head) throws IOException {
    String[] words = head.substring(0, head.indexOf('\r')).split(" ", 3);
    if (words.length > 1 && words[0].startsWith("HTTP/1.") && words[1].matches("[1-9][0-9]{2}")) {
      return Integer.parseInt(words[1]);
    }
    throw new IOException("the answer isn't one of HTTP");
  }
}
