package dev.atmos.loopback.aws;

import dev.atmos.loopback.aws.iam.SignatureVerifier;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that came in, with all of its secrets, and the status of its answer. It prints without
 * the secrets.
 *
 * @param query as sent, without the question mark
 * @param headers by name in lower case
 * @param accessKeyId the key that it claims to be signed with; null if it is not signed
 * @param bearer the bearer token; null if there is none
 * @param status 0 if no answer was sent
 */
public record RecordedCall(
    Operation operation,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String body,
    @Nullable String accessKeyId,
    @Nullable String bearer,
    int status) {

  static RecordedCall of(Operation operation, ServerRequest request, int status) {
    return new RecordedCall(
        operation,
        request.method(),
        request.path(),
        request.rawQuery(),
        request.headers(),
        request.body(),
        SignatureVerifier.claimedKey(request).orElse(null),
        request.header("x-amz-sso_bearer_token").or(request::bearerToken).orElse(null),
        status);
  }

  @Override
  public String toString() {
    String key = accessKeyId == null ? "" : " by " + accessKeyId;
    return operation.action() + " " + method + " " + path + " " + status + key;
  }
}
