package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.protocol.OAuthErrors;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.http.ServerResponse.Delivery;
import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one request: the answer that it gets in place of the right one. A test may
 * write its own.
 */
@FunctionalInterface
public interface Fault {

  /**
   * The answer.
   *
   * @throws InterruptedException if the stand-in closes meanwhile
   */
  ServerResponse answer(InterceptedCall call) throws InterruptedException;

  /**
   * An error of AWS, with the code in the place that the service uses: for SSO OIDC, in {@code
   * error}, and in the header {@code x-amzn-ErrorType} the name of the exception.
   *
   * @param code such as {@code AccessDenied}; for SSO OIDC, such as {@code invalid_grant}
   */
  static Fault error(int status, String code, String message) {
    return call -> call.error(status, code, message);
  }

  /** Too many requests, as each service words it. */
  static Fault throttled() {
    return call ->
        switch (call.operation().protocol()) {
          case QUERY -> call.error(400, "Throttling", "Rate exceeded");
          case OAUTH -> call.error(400, OAuthErrors.SLOW_DOWN, "Rate exceeded");
          case JSON -> call.error(400, "ThrottlingException", "Rate exceeded");
          default ->
              call.error(
                  429,
                  call.operation().api() == Operation.Api.SSO
                      ? "TooManyRequestsException"
                      : "ThrottlingException",
                  "Rate exceeded");
        };
  }

  /** An internal error of AWS, as each service words it: 500 or 503. */
  static Fault unavailable() {
    return call ->
        switch (call.operation().protocol()) {
          case QUERY -> call.error(503, "ServiceUnavailable", "Service is unavailable");
          case OAUTH -> call.error(500, OAuthErrors.SERVER_ERROR, "Service is unavailable");
          default -> call.error(500, "InternalServerException", "Service is unavailable");
        };
  }

  /** A bearer token that is not accepted. */
  static Fault unauthorized() {
    return error(401, "UnauthorizedException", "Session token not found or invalid");
  }

  /** An answer verbatim, as a proxy might give it. */
  static Fault raw(int status, Map<String, String> headers, String body) {
    return call -> new ServerResponse(status, headers, body, Delivery.WHOLE);
  }

  /** The connection is reset before the operation is performed. */
  static Fault reset() {
    return call -> ServerResponse.missing(Delivery.RESET);
  }

  /** The operation is performed, but the connection is reset before the answer. */
  static Fault answerLost() {
    return call -> call.perform().delivered(Delivery.RESET);
  }

  /** The operation is performed, but only half of the answer arrives. */
  static Fault halfAnswer() {
    return call -> call.perform().delivered(Delivery.HALF);
  }

  /** The operation is not performed, and no answer ever comes. */
  static Fault silence() {
    return call -> ServerResponse.missing(Delivery.NEVER);
  }

  /** The right answer, so much later. */
  static Fault late(Duration delay) {
    return call -> {
      Thread.sleep(delay);
      return call.perform();
    };
  }

  /** This fault, with a header added or replaced. */
  default Fault header(String name, String value) {
    return call -> answer(call).header(name, value);
  }
}
