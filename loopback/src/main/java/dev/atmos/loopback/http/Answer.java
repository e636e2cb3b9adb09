package dev.atmos.loopback.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server answers.
 *
 * @param headers by name, without those of the framing (Content-Length, Connection)
 * @param body sent as UTF-8
 * @param delivery how much of it arrives
 */
public record Answer(int status, Map<String, String> headers, String body, Delivery delivery) {

  /** How much of an answer arrives. */
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
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A whole answer. */
  public static Answer of(int status, String type, String body) {
    return new Answer(status, Map.of("Content-Type", type), body, Delivery.WHOLE);
  }

  /** This answer with one more header, or with another value of it. */
  public Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body, delivery);
  }

  /** This answer, delivered so. */
  public Answer delivered(Delivery how) {
    return new Answer(status, headers, body, how);
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", " + delivery + "]"; // The body may be a credential.
  }
}
