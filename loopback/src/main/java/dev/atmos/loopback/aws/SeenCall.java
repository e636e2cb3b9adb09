package dev.atmos.loopback.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that came in, with all of its secrets, and the status that it got. It prints without
 * them.
 *
 * @param query as sent, without the question mark
 * @param headers by name in lower case
 * @param accessKeyId that it says it is signed with; null if it is not signed
 * @param bearer the bearer token; null if there is none
 * @param status 0 if no answer was sent
 */
public record SeenCall(
    Operation operation,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String body,
    @Nullable String accessKeyId,
    @Nullable String bearer,
    int status) {

  @Override
  public String toString() {
    String who = accessKeyId == null ? "" : " by " + accessKeyId;
    return operation.action() + " " + method + " " + path + " " + status + who;
  }
}
