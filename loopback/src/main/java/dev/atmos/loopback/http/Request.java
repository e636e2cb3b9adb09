package dev.atmos.loopback.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it was sent. */
public final class Request {

  /** A name and a value of a query or a form, decoded. */
  public record Parameter(String name, String value) {
    @Override
    public String toString() {
      return name; // The value may be a secret.
    }
  }

  private final String method;
  private final String target;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  Request(String method, String target, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  /** The method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** The path as it was sent, percent signs and all. */
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The path, decoded. */
  public String path() {
    return decoded(rawPath(), false);
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

  /** All headers; names are in lower case, values without outer blanks. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** The body as UTF-8. */
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body's bytes. */
  public byte[] bytes() {
    return body.clone();
  }

  @Override
  public String toString() {
    return method + " " + rawPath(); // All else may be a secret.
  }

  /** The first of these parameters with this name. */
  public static Optional<String> first(List<Parameter> parameters, String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  private static List<Parameter> parameters(String text) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        parameters.add(
            equals < 0
                ? new Parameter(decoded(part, true), "")
                : new Parameter(
                    decoded(part.substring(0, equals), true),
                    decoded(part.substring(equals + 1), true)));
      }
    }
    return parameters;
  }

  /** Percent-decodes; what is no escape stays as it is. */
  private static String decoded(String text, boolean plusIsBlank) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (in[i] == '%' && high >= 0 && low >= 0) {
        out[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        out[length++] = in[i] == '+' && plusIsBlank ? (byte) ' ' : in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
