package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.SignatureVerifier;
import dev.atmos.loopback.aws.iam.SignatureVerifier.Signed;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.time.Instant;

/** A request on its way through a service. */
public record AwsCall(
    Operation operation,
    ServerRequest request,
    String requestId,
    Instant now,
    SignatureVerifier signatures) {

  /**
   * Verifies the signature.
   *
   * @throws AwsException if there is none, or it is wrong
   */
  Signed signed() {
    return signatures.verify(request, operation, now);
  }

  ServerResponse result(JsonObject result) {
    return operation.protocol().result(operation, requestId, result);
  }

  /** An error as the service words it. */
  public ServerResponse error(AwsException e) {
    return operation.protocol().error(requestId, e);
  }

  @Override
  public String toString() {
    return operation + " " + request;
  }
}
