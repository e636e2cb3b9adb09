package dev.atmos.loopback.aws;

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

  /** A request that is to fail. */
  interface Attempt {
    /** The operation. */
    Operation operation();

    /** Performs the operation, as if nothing were wrong. */
    ServerResponse perform();

    /** An error as the service words it. */
    ServerResponse error(int status, String code, String message);
  }

  /**
   * The answer.
   *
   * @throws InterruptedException if the stand-in closes meanwhile
   */
  ServerResponse answer(Attempt attempt) throws InterruptedException;

  /**
   * An error of AWS, with the code in the place that the service uses: for SSO OIDC, in {@code
   * error}, and in the header {@code x-amzn-ErrorType} the name of the exception.
   *
   * @param code such as {@code AccessDenied}; for SSO OIDC, such as {@code invalid_grant}
   */
  static Fault error(int status, String code, String message) {
    return attempt -> attempt.error(status, code, message);
  }

  /** Too many requests, as each service words it. */
  static Fault throttled() {
    return attempt ->
        switch (attempt.operation().protocol()) {
          case QUERY -> attempt.error(400, "Throttling", "Rate exceeded");
          case OAUTH -> attempt.error(400, "slow_down", "Rate exceeded");
          case JSON -> attempt.error(400, "ThrottlingException", "Rate exceeded");
          default ->
              attempt.error(
                  429,
                  attempt.operation().api() == Operation.Api.SSO
                      ? "TooManyRequestsException"
                      : "ThrottlingException",
                  "Rate exceeded");
        };
  }

  /** An internal error of AWS, as each service words it: 500 or 503. */
  static Fault unavailable() {
    return attempt ->
        switch (attempt.operation().protocol()) {
          case QUERY -> attempt.error(503, "ServiceUnavailable", "Service is unavailable");
          case OAUTH -> attempt.error(500, "server_error", "Service is unavailable");
          default -> attempt.error(500, "InternalServerException", "Service is unavailable");
        };
  }

  /** A bearer token that is not accepted. */
  static Fault unauthorized() {
    return error(401, "UnauthorizedException", "Session token not found or invalid");
  }

  /** An answer verbatim, as a proxy might give it. */
  static Fault raw(int status, Map<String, String> headers, String body) {
    return attempt -> new ServerResponse(status, headers, body, Delivery.WHOLE);
  }

  /** The connection is reset before the operation is performed. */
  static Fault reset() {
    return attempt -> ServerResponse.missing(Delivery.RESET);
  }

  /** The operation is performed, but the connection is reset before the answer. */
  static Fault answerLost() {
    return attempt -> attempt.perform().delivered(Delivery.RESET);
  }

  /** The operation is performed, but only half of the answer arrives. */
  static Fault halfAnswer() {
    return attempt -> attempt.perform().delivered(Delivery.HALF);
  }

  /** The operation is not performed, and no answer ever comes. */
  static Fault silence() {
    return attempt -> ServerResponse.missing(Delivery.NEVER);
  }

  /** The operation is performed after a delay. For programs; tests use {@link LoopbackAws#hold}. */
  static Fault slow(Duration delay) {
    return attempt -> {
      Thread.sleep(delay);
      return attempt.perform();
    };
  }

  /** This fault, with a header added or replaced. */
  default Fault header(String name, String value) {
    return attempt -> answer(attempt).header(name, value);
  }
}
