package dev.atmos.aws;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * Explains in one sentence why a call failed. The SDK's exception isn't passed on as the cause: its
 * message may hold the request.
 */
final class CallFailures {

  /** How far the time of a request may be from AWS's own. */
  private static final int TOLERATED_MINUTES = 5;

  private static final Set<String> SIGN_IN =
      Set.of(
          "ExpiredToken",
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
          "InvalidSignature");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "Forbidden",
          "NotAuthorized",
          "UnauthorizedOperation",
          "OptInRequired",
          "IDPRejectedClaim");

  private static final Set<String> UNAVAILABLE =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "InternalServer",
          "InternalServerError",
          "InternalFailure",
          "InternalError",
          "ServerError",
          "RequestTimeout",
          "IDPCommunicationError");

  private static final Set<String> CONFIGURATION = Set.of("RegionDisabled", "InvalidRequestRegion");

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

  AtmosException of(String what, NoConnectionException e) {
    return failure(e.exitCode(), what, String.valueOf(e.getMessage()), e.hint(), e.getCause());
  }

  AtmosException of(String what, SdkException e) {
    if (e instanceof AwsServiceException answer) {
      return refusal(what, answer);
    }
    if (e instanceof AbortedException) {
      return new AtmosException(ExitCode.INTERRUPTED, "interrupted");
    }
    if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
      return late(what, limits.call());
    }
    if (isUnreadable(e)) {
      // The parser's message is left out: it quotes the answer, which may hold a secret.
      return failure(ExitCode.UNAVAILABLE, what, "AWS's answer can't be read", null, null);
    }
    IOException connection = caused(e);
    if (connection != null) {
      String message = String.valueOf(connection.getMessage());
      return failure(
          ExitCode.UNAVAILABLE,
          what,
          connection instanceof ConnectionException
              ? message
              : "the connection broke (" + RemoteMessage.line(message) + ")",
          null,
          connection);
    }
    String message = RemoteMessage.line(String.valueOf(e.getMessage()));
    return failure(
        message.startsWith("Invalid Configuration") ? ExitCode.USAGE : ExitCode.FAILED,
        what,
        message,
        null,
        null);
  }

  AtmosException late(String what, Duration limit) {
    return failure(
        ExitCode.UNAVAILABLE,
        what,
        "it took longer than " + Math.max(1, limit.toSeconds()) + " s",
        null,
        null);
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
    if (ahead.abs().toMinutes() >= TOLERATED_MINUTES) {
      return failure(
          ExitCode.FAILED,
          what,
          "the clock of this machine is "
              + span(ahead.abs())
              + (ahead.isNegative() ? " behind" : " ahead of")
              + " AWS's",
          "set it, and try again",
          null);
    }
    return failure(exitCode(e, code), what, why(e, code), null, null);
  }

  private static String why(AwsServiceException e, String code) {
    String message = RemoteMessage.line(AwsErrorCode.message(e).orElse(""));
    String name = code.isEmpty() ? "AWS answered " + e.statusCode() : RemoteMessage.line(code);
    return message.isEmpty() ? name : name + ": " + message;
  }

  private static ExitCode exitCode(AwsServiceException e, String code) {
    if (SIGN_IN.contains(code)) {
      return ExitCode.SIGN_IN_REQUIRED;
    }
    if (DENIED.contains(code)) {
      return ExitCode.DENIED;
    }
    if (CONFIGURATION.contains(code)) {
      return ExitCode.USAGE;
    }
    if (UNAVAILABLE.contains(code) || e.isThrottlingException()) {
      return ExitCode.UNAVAILABLE;
    }
    return switch (e.statusCode()) {
      case 401 -> ExitCode.SIGN_IN_REQUIRED;
      case 403 -> ExitCode.DENIED;
      case 408, 429 -> ExitCode.UNAVAILABLE;
      default -> e.statusCode() >= 500 ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    };
  }

  /** By how much this machine's clock is ahead of the answer's date (RFC 9110, section 6.6.1). */
  private Duration clockAhead(@Nullable SdkHttpResponse response) {
    Optional<String> date =
        response == null ? Optional.empty() : response.firstMatchingHeader("Date");
    if (date.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get(), Instant::from);
      return Duration.between(theirs, context.clock().instant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static String span(Duration length) {
    long minutes = length.toMinutes();
    if (minutes < 120) {
      return minutes + " minutes";
    }
    return minutes < 48 * 60 ? minutes / 60 + " hours" : minutes / (24 * 60) + " days";
  }

  /** Whether AWS answered, and the SDK couldn't parse the answer. */
  private static boolean isUnreadable(SdkException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof JsonProcessingException) {
        return true;
      }
    }
    return String.valueOf(e.getMessage()).startsWith(UNREADABLE) && caused(e) == null;
  }

  private static @Nullable IOException caused(Throwable e) {
    IOException found = null;
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof ConnectionException known) {
        return known;
      }
      if (found == null && each instanceof IOException known) {
        found = known;
      }
    }
    return found;
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
