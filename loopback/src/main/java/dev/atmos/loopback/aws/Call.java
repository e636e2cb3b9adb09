package dev.atmos.loopback.aws;

import dev.atmos.loopback.http.Answer;
import dev.atmos.loopback.http.Request;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request on its way through a service. */
final class Call {
  private final Operation operation;
  private final Request request;
  private final String requestId;
  private final Instant now;
  private final SignatureCheck signatures;
  private SignatureCheck.@Nullable Signed signed;

  Call(
      Operation operation,
      Request request,
      String requestId,
      Instant now,
      SignatureCheck signatures) {
    this.operation = operation;
    this.request = request;
    this.requestId = requestId;
    this.now = now;
    this.signatures = signatures;
  }

  Operation operation() {
    return operation;
  }

  Request request() {
    return request;
  }

  Instant now() {
    return now;
  }

  /** Who signed it. Fails if nobody did, or not well. */
  SignatureCheck.Signed signed() {
    SignatureCheck.Signed known = signed;
    if (known == null) {
      known = signatures.check(request, operation, now);
      signed = known;
    }
    return known;
  }

  Answer result(Map<String, Object> result) {
    return operation.protocol().result(operation, requestId, result);
  }

  Answer error(AwsException e) {
    return operation.protocol().error(requestId, e);
  }
}
