package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.Partition;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.iam.SignatureVerifier.Signed;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** ECR and ECR Public (API references, GetAuthorizationToken). */
public final class Ecr implements AwsService {
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final Iam iam;
  private final SecretRegistry secrets;

  public Ecr(Iam iam, SecretRegistry secrets) {
    this.iam = iam;
    this.secrets = secrets;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    Signed signed = call.signed();
    iam.authorize(signed.principal(), call.operation(), "*");
    byte[] login = ("AWS:" + secrets.urlSafe(300)).getBytes(StandardCharsets.UTF_8);
    JsonObject data =
        new JsonObject()
            .with("authorizationToken", secrets.remember(Base64.getEncoder().encodeToString(login)))
            .with("expiresAt", call.now().plus(LIFETIME).getEpochSecond());
    if (call.operation() == Operation.GET_ECR_PUBLIC_AUTHORIZATION_TOKEN) {
      return call.result(new JsonObject().with("authorizationData", data));
    }
    String account = signed.principal().account();
    String suffix = Partition.ofRegion(signed.region()).dnsSuffix();
    data.with(
        "proxyEndpoint", "https://%s.dkr.ecr.%s.%s".formatted(account, signed.region(), suffix));
    return call.result(new JsonObject().with("authorizationData", List.of(data)));
  }
}
