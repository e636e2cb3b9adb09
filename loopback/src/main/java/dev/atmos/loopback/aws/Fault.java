package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Answer;
import dev.atmos.loopback.http.Answer.Delivery;
import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one request, in place of the answer that it would get. A test may write its
 * own as well.
 */
@FunctionalInterface
public interface Fault {

  /** The request that it goes wrong with. */
  interface Attempt {
    /** What is asked for. */
    Operation operation();

    /** Does what is asked for, as if nothing were wrong. */
    Answer perform();

    /** An error in the form of the service that is asked. */
    Answer error(int status, String code, String message);
  }

  /**
   * The answer.
   *
   * @throws InterruptedException if the stand-in closes meanwhile
   */
  Answer answer(Attempt attempt) throws InterruptedException;

  /**
   * An error of AWS's, with the code where the service has it: for SSO OIDC, in {@code error}, and
   * in the header {@code x-amzn-ErrorType} the exception of this name.
   *
   * @param code such as {@code AccessDenied}; for SSO OIDC, such as {@code invalid_grant}
   */
  static Fault error(int status, String code, String message) {
    return attempt -> attempt.error(status, code, message);
  }

  /** Too many requests, as each service says it. */
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

  /** An error inside of AWS, as each service says it: 500, or 503. */
  static Fault unavailable() {
    return attempt ->
        switch (attempt.operation().protocol()) {
          case QUERY -> attempt.error(503, "ServiceUnavailable", "Service is unavailable");
          case OAUTH -> attempt.error(500, "server_error", "Service is unavailable");
          default -> attempt.error(500, "InternalServerException", "Service is unavailable");
        };
  }

  /** A bearer token that is not taken. */
  static Fault unauthorized() {
    return error(401, "UnauthorizedException", "Session token not found or invalid");
  }

  /** An answer as it is, of a proxy for instance. */
  static Fault raw(int status, Map<String, String> headers, String body) {
    return attempt -> new Answer(status, headers, body, Delivery.WHOLE);
  }

  /** The connection is reset before anything is done. */
  static Fault reset() {
    return attempt -> new Answer(0, Map.of(), "", Delivery.RESET);
  }

  /** All is done, but the connection is reset before the answer. */
  static Fault answerLost() {
    return attempt -> attempt.perform().delivered(Delivery.RESET);
  }

  /** All is done, but only half of the answer arrives. */
  static Fault halfAnswer() {
    return attempt -> attempt.perform().delivered(Delivery.HALF);
  }

  /** Nothing is done, and no answer ever comes. */
  static Fault silence() {
    return attempt -> new Answer(0, Map.of(), "", Delivery.NEVER);
  }

  /** All is done, after so long. For programs; a test has {@link LoopbackAws#hold}. */
  static Fault slow(Duration delay) {
    return attempt -> {
      Thread.sleep(delay);
      return attempt.perform();
    };
  }

  /** This, with one more header. */
  default Fault header(String name, String value) {
    return attempt -> answer(attempt).header(name, value);
  }
}
