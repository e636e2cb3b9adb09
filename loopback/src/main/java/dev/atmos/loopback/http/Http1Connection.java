package dev.atmos.loopback.http;

import dev.atmos.loopback.http.ServerResponse.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.entity.BasicHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** HTTP/1.1 on one connection, by HttpCore. */
final class Http1Connection {
  private static final int MAX_BODY = 4 * 1024 * 1024;
  private static final DefaultHttpRequestParserFactory PARSERS =
      new DefaultHttpRequestParserFactory(null, new RawTargets());

  /** Keeps the target byte for byte: a signature is computed from it. */
  private static final class RawTargets implements HttpRequestFactory<ClassicHttpRequest> {
    @Override
    public ClassicHttpRequest newHttpRequest(String method, String target) {
      ClassicHttpRequest request = new BasicClassicHttpRequest(method, "/");
      request.setPath(target);
      return request;
    }

    @Override
    public ClassicHttpRequest newHttpRequest(String method, URI target) {
      return newHttpRequest(method, target.toString());
    }
  }

  /** A connection that reads from a stream, as the first byte of the socket may be read already. */
  private static final class Connection extends DefaultBHttpServerConnection {
    Connection(Socket socket, InputStream in) throws IOException {
      super(null, Http1Config.DEFAULT, null, null, null, null, PARSERS, null);
      bind(
          new SocketHolder(socket) {
            @Override
            protected InputStream getInputStream(Socket any) {
              return in;
            }
          });
    }
  }

  private final Connection connection;

  Http1Connection(Socket socket, InputStream in) throws IOException {
    connection = new Connection(socket, in);
  }

  /** The next request; empty if the client has closed the connection. */
  Optional<ServerRequest> read() throws IOException {
    try {
      ClassicHttpRequest request = connection.receiveRequestHeader();
      if (request == null) {
        return Optional.empty();
      }
      Map<String, List<String>> headers = new TreeMap<>();
      for (Header header : request.getHeaders()) {
        headers
            .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), any -> new ArrayList<>())
            .add(header.getValue());
      }
      if (request.containsHeader("Expect")) {
        connection.sendResponseHeader(new BasicClassicHttpResponse(100));
        connection.flush();
      }
      connection.receiveRequestEntity(request);
      return Optional.of(
          new ServerRequest(request.getMethod(), request.getPath(), headers, body(request)));
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  private static String body(ClassicHttpRequest request) throws IOException {
    HttpEntity entity = request.getEntity();
    if (entity == null) {
      return "";
    }
    if (entity.getContentLength() > MAX_BODY) {
      throw new IOException("the body is too long");
    }
    return new String(EntityUtils.toByteArray(entity), StandardCharsets.ISO_8859_1);
  }

  /** Writes a response, all or half of it. */
  void write(ServerRequest request, ServerResponse response, boolean close) throws IOException {
    BasicClassicHttpResponse message = new BasicClassicHttpResponse(response.status());
    response.headers().forEach(message::setHeader);
    if (close) {
      message.setHeader("Connection", "close");
    }
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    if (response.status() != 204) {
      message.setHeader("Content-Length", body.length);
    }
    int length = response.delivery() == Delivery.HALF ? body.length / 2 : body.length;
    try {
      connection.sendResponseHeader(message);
      if (!request.method().equals("HEAD") && response.status() != 204) {
        InputStream content = new ByteArrayInputStream(body, 0, length);
        message.setEntity(new BasicHttpEntity(content, body.length, null));
        connection.sendResponseEntity(message);
      }
      connection.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  /** Answers CONNECT: what follows on the connection is not HTTP of ours. */
  void writeEstablished() throws IOException {
    try {
      connection.sendResponseHeader(new BasicClassicHttpResponse(200, "Connection established"));
      connection.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }
}
