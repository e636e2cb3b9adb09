package dev.atmos.aws;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.ClockSkew;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * Explains in one sentence why a call failed. The SDK's exception isn't passed on as the cause: its
 * message may hold the request.
 */
final class CallFailures {

  /** How far the time of a request may be from AWS's own. */
  private static final int TOLERATED_MINUTES = 5;

  /** Codes that a wrong clock may cause: a signature holds the time. */
  private static final Set<String> TIME =
      Set.of(
          "RequestTimeTooSkewed",
          "RequestExpired",
          "RequestInTheFuture",
          "InvalidSignature",
          "SignatureDoesNotMatch",
          "AuthFailure");

  /** How the SDK's message about an answer that it can't parse begins. */
  private static final String UNREADABLE = "Unable to unmarshall response";

  private final Services context;
  private final AwsLimits limits;

  CallFailures(Services context, AwsLimits limits) {
    this.context = context;
    this.limits = limits;
  }

  AtmosException of(String what, RuntimeException e) {
    return switch (e) {
      case NoConnectionException known ->
          failure(
              known.exitCode(),
              what,
              String.valueOf(known.getMessage()),
              known.hint(),
              known.getCause());
      case AwsServiceException answer -> refusal(what, answer);
      case AbortedException _ -> new AtmosException(ExitCode.INTERRUPTED, "interrupted");
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> late(what, limits.call());
      default -> unanswered(what, e);
    };
  }

  private static AtmosException unanswered(String what, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    ConnectionException known = Causes.find(e, ConnectionException.class);
    IOException connection = known == null ? Causes.find(e, IOException.class) : known;
    if (Causes.find(e, JsonProcessingException.class) != null
        || (connection == null && message.startsWith(UNREADABLE))) {
      // The parser's message is left out: it quotes the answer, which may hold a secret.
      return failure(ExitCode.UNAVAILABLE, what, "AWS's answer can't be read");
    }
    if (connection == null) {
      boolean setting = message.startsWith("Invalid Configuration");
      return failure(setting ? ExitCode.USAGE : ExitCode.FAILED, what, RemoteMessage.line(message));
    }
    String why = String.valueOf(connection.getMessage());
    return failure(
        ExitCode.UNAVAILABLE,
        what,
        known == null ? "the connection was lost (" + RemoteMessage.line(why) + ")" : why,
        null,
        connection);
  }

  AtmosException late(String what, Duration limit) {
    String why = "it took longer than " + Math.max(1, limit.toSeconds()) + " s";
    return failure(ExitCode.UNAVAILABLE, what, why);
  }

  private AtmosException refusal(String what, AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    String code = AwsErrorCode.of(e).orElse("");
    String id = e.requestId();
    context
        .console()
        .debug(
            "AWS answered "
                + e.statusCode()
                + (code.isEmpty() ? "" : " " + RemoteMessage.line(code))
                + (id == null ? "" : ", request id " + RemoteMessage.line(id)));
    Duration ahead = TIME.contains(code) ? clockAhead(response) : Duration.ZERO;
    if (Math.abs(ahead.toMinutes()) >= TOLERATED_MINUTES) {
      return failure(
          ExitCode.FAILED, what, ClockSkew.sentence(ahead), "set it, and try again", null);
    }
    return failure(exitCode(e, code), what, why(e, code));
  }

  private static String why(AwsServiceException e, String code) {
    String message = RemoteMessage.line(AwsErrorCode.message(e).orElse(""));
    String name = code.isEmpty() ? "AWS answered " + e.statusCode() : RemoteMessage.line(code);
    return message.isEmpty() ? name : name + ": " + message;
  }

  private static ExitCode exitCode(AwsServiceException e, String code) {
    return switch (code) {
      case "ExpiredToken",
          "InvalidClientTokenId",
          "UnrecognizedClient",
          "InvalidAccessKeyId",
          "InvalidToken",
          "InvalidIdentityToken",
          "TokenRefreshRequired",
          "MissingAuthenticationToken",
          "Unauthorized",
          "InvalidGrant",
          "AuthFailure",
          "SignatureDoesNotMatch",
          "InvalidSignature" ->
          ExitCode.SIGN_IN_REQUIRED;
      case "AccessDenied",
          "Forbidden",
          "NotAuthorized",
          "UnauthorizedOperation",
          "OptInRequired",
          "IDPRejectedClaim" ->
          ExitCode.DENIED;
      case "RegionDisabled", "InvalidRequestRegion" -> ExitCode.USAGE;
      case "SlowDown",
          "ServiceUnavailable",
          "InternalServer",
          "InternalServerError",
          "InternalFailure",
          "InternalError",
          "ServerError",
          "RequestTimeout",
          "IDPCommunicationError" ->
          ExitCode.UNAVAILABLE;
      default -> e.isThrottlingException() ? ExitCode.UNAVAILABLE : exitCode(e.statusCode());
    };
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 401 -> ExitCode.SIGN_IN_REQUIRED;
      case 403 -> ExitCode.DENIED;
      case 408, 429 -> ExitCode.UNAVAILABLE;
      default -> status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    };
  }

  /** By how much this machine's clock is ahead of the answer's date. */
  private Duration clockAhead(@Nullable SdkHttpResponse response) {
    Instant theirs = response == null ? null : HttpDate.of(response);
    return theirs == null
        ? Duration.ZERO
        : Duration.between(theirs, context.localClock().instant());
  }

  private static AtmosException failure(ExitCode exitCode, String what, String why) {
    return failure(exitCode, what, why, null, null);
  }

  private static AtmosException failure(
      ExitCode exitCode,
      String what,
      String why,
      @Nullable String hint,
      @Nullable Throwable cause) {
    return new AtmosException(exitCode, "could not " + what + ": " + why, hint, cause);
  }
}
