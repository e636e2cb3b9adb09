package dev.atmos.loopback.aws;

import dev.atmos.loopback.Json;
import dev.atmos.loopback.Partition;
import dev.atmos.loopback.http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** ECR and ECR Public (API references, GetAuthorizationToken). */
final class Ecr implements Service {
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final Iam iam;
  private final Secrets secrets;

  Ecr(Iam iam, Secrets secrets) {
    this.iam = iam;
    this.secrets = secrets;
  }

  @Override
  public Answer perform(Call call) {
    SignatureCheck.Signed signed = call.signed();
    Identity who = signed.credential().identity();
    iam.authorize(who, call.operation(), "*");
    byte[] login = ("AWS:" + secrets.urlSafe(300)).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> data =
        Json.object(
            "authorizationToken",
            secrets.remember(Base64.getEncoder().encodeToString(login)),
            "expiresAt",
            call.now().plus(LIFETIME).getEpochSecond());
    if (call.operation() == Operation.GET_ECR_PUBLIC_AUTHORIZATION_TOKEN) {
      return call.result(Json.object("authorizationData", data));
    }
    String suffix = Partition.ofRegion(signed.region()).dnsSuffix();
    data.put(
        "proxyEndpoint",
        "https://%s.dkr.ecr.%s.%s".formatted(who.account(), signed.region(), suffix));
    return call.result(Json.object("authorizationData", List.of(data)));
  }
}
