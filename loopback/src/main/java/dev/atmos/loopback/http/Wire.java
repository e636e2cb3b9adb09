package dev.atmos.loopback.http;

import dev.atmos.loopback.http.Answer.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one connection (RFC 9112), as much as clients of web services need. */
final class Wire {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_BODY = 4 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  Wire(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next request; empty if the client has closed the connection. */
  Optional<Request> read() throws IOException {
    String first = line();
    if (first == null) {
      return Optional.empty();
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new IOException("not an HTTP/1 request");
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("not a header");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.computeIfAbsent(name, any -> new ArrayList<>()).add(line.substring(colon + 1).trim());
    }
    if (one(headers, "expect").equalsIgnoreCase("100-continue")) {
      ascii("HTTP/1.1 100 Continue\r\n\r\n");
      out.flush();
    }
    return Optional.of(new Request(words[0], target(words), headers, body(headers)));
  }

  /** Writes an answer, all or half of it. */
  void write(Request request, Answer answer, boolean close) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    if (answer.status() != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ascii(head.append(close ? "Connection: close\r\n\r\n" : "\r\n").toString());
    boolean empty = request.method().equals("HEAD") || answer.status() == 204;
    boolean half = answer.delivery() == Delivery.HALF;
    out.write(body, 0, empty ? 0 : half ? body.length / 2 : body.length);
    out.flush();
  }

  /** Reads until the client gives up. */
  void awaitEnd() throws IOException {
    while (in.read() >= 0) {
      // It has been told nothing; what else it may say does not matter.
    }
  }

  void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A proxy is asked for whole URLs. */
  private static String target(String[] words) {
    int slashes = words[1].indexOf("://");
    if (slashes < 0 || words[0].equals("CONNECT")) {
      return words[1];
    }
    int path = words[1].indexOf('/', slashes + 3);
    return path < 0 ? "/" : words[1].substring(path);
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (one(headers, "transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = one(headers, "content-length");
    return length.isEmpty() ? new byte[0] : bytes(size(length, 10));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = required();
      int semicolon = line.indexOf(';');
      int size = size((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
      if (size == 0) {
        while (!required().isEmpty()) {
          // A trailer says nothing that matters here.
        }
        return body.toByteArray();
      }
      body.write(bytes(size));
      if (!required().isEmpty() || body.size() > MAX_BODY) {
        throw new IOException("a bad chunk");
      }
    }
  }

  private static int size(String text, int radix) throws IOException {
    try {
      int size = Integer.parseInt(text, radix);
      if (size >= 0 && size <= MAX_BODY) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Said below, as for one that is out of range.
    }
    throw new IOException("not a length of a body");
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("half a body");
    }
    return bytes;
  }

  private static String one(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? "" : values.getFirst();
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("half a request");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
      if (line.size() > MAX_LINE) {
        throw new IOException("a line that is too long");
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
