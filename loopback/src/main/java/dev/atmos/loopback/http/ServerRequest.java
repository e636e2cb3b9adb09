package dev.atmos.loopback.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.net.PercentCodec;

/**
 * A request as it was sent.
 *
 * @param target the path and the query; for CONNECT, the host and the port
 * @param headers names are in lower case, values without surrounding blanks
 * @param bytes the body, one byte per character (ISO 8859-1)
 */
public record ServerRequest(
    String method, String target, Map<String, List<String>> headers, String bytes) {
  private static final String BEARER = "bearer ";

  /** A name and a value of a query or a form, decoded. */
  public record Parameter(String name, String value) {
    @Override
    public String toString() {
      return name; // The value may be a secret.
    }
  }

  /** The path as it was sent, still percent-encoded. */
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The path, decoded. */
  public String path() {
    return PercentCodec.decode(rawPath(), StandardCharsets.UTF_8);
  }

  /** The query as it was sent, without the question mark; empty if there is none. */
  public String rawQuery() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /** The parameters of the query, in their order. */
  public List<Parameter> query() {
    return parameters(rawQuery());
  }

  /** The first parameter of the query with this name. */
  public Optional<String> query(String name) {
    return first(query(), name);
  }

  /** The parameters of a body that is a form, in their order. */
  public List<Parameter> form() {
    return parameters(body());
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
  }

  /** The bearer token of the Authorization header. */
  public Optional<String> bearerToken() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim());
  }

  /** The body as UTF-8. */
  public String body() {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + rawPath(); // Everything else may be a secret.
  }

  /** The first of these parameters with this name. */
  public static Optional<String> first(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  private static List<Parameter> parameters(String text) {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.replace('+', ' ').split("=", 2);
        String value = parts.length < 2 ? "" : parts[1];
        parameters.add(
            new Parameter(
                PercentCodec.decode(parts[0], StandardCharsets.UTF_8),
                PercentCodec.decode(value, StandardCharsets.UTF_8)));
      }
    }
    return parameters;
  }
}
