package dev.atmos.loopback.http;

import dev.atmos.loopback.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server answers.
 *
 * @param headers by name, without those of the framing (Content-Length, Connection)
 * @param body sent as UTF-8
 * @param delivery how much of it arrives
 */
public record ServerResponse(
    int status, Map<String, String> headers, String body, Delivery delivery) {

  /** How much of a response arrives. */
  public enum Delivery {
    /** All of it. */
    WHOLE,
    /** The headers and half of the body; then the connection is closed. */
    HALF,
    /** Nothing: the connection is reset. */
    RESET,
    /** Nothing, while the client waits. */
    NEVER
  }

  /** Copies the headers. */
  public ServerResponse {
    headers = Map.copyOf(headers);
  }

  /** A complete response. */
  public static ServerResponse of(int status, String type, String body) {
    return new ServerResponse(status, Map.of("Content-Type", type), body, Delivery.WHOLE);
  }

  /** A complete response with a JSON body, as {@link StrictJson#write} takes it. */
  public static ServerResponse json(int status, Object body) {
    return of(status, "application/json", StrictJson.write(body));
  }

  /** Never a whole response: {@link Delivery#RESET} or {@link Delivery#NEVER}. */
  public static ServerResponse missing(Delivery delivery) {
    return new ServerResponse(0, Map.of(), "", delivery);
  }

  /** This response with a header added or replaced. */
  public ServerResponse header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ServerResponse(status, more, body, delivery);
  }

  /** This response, delivered in another way. */
  public ServerResponse delivered(Delivery other) {
    return new ServerResponse(status, headers, body, other);
  }

  @Override
  public String toString() {
    return "ServerResponse[" + status + ", " + delivery + "]"; // The body may be a credential.
  }
}
