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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** ECR and ECR Public (API references, GetAuthorizationToken). */
public final class Ecr implements AwsService {
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final Iam iam;
  private final SecretRegistry secrets;
  private final Map<String, Login> logins = new ConcurrentHashMap<>();

  private record Login(boolean isPublic, Instant ends) {}

  public Ecr(Iam iam, SecretRegistry secrets) {
    this.iam = iam;
    this.secrets = secrets;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    Signed signed = call.signed();
    iam.authorize(signed.principal(), call.operation(), "*");
    byte[] login = ("AWS:" + secrets.urlSafe(300)).getBytes(StandardCharsets.UTF_8);
    String token = secrets.remember(Base64.getEncoder().encodeToString(login));
    Instant ends = call.now().plus(LIFETIME);
    boolean isPublic = call.operation() == Operation.GET_ECR_PUBLIC_AUTHORIZATION_TOKEN;
    logins.put(token, new Login(isPublic, ends));
    JsonObject data =
        new JsonObject().with("authorizationToken", token).with("expiresAt", ends.getEpochSecond());
    if (isPublic) {
      return call.result(new JsonObject().with("authorizationData", data));
    }
    String account = signed.principal().account();
    String suffix = Partition.ofRegion(signed.region()).dnsSuffix();
    data.with(
        "proxyEndpoint", "https://%s.dkr.ecr.%s.%s".formatted(account, signed.region(), suffix));
    return call.result(new JsonObject().with("authorizationData", List.of(data)));
  }

  /** Whether a registry takes a login, in Base64, at a time. */
  boolean accepts(String login, boolean isPublic, Instant now) {
    Login known = logins.get(login);
    return known != null && known.isPublic == isPublic && now.isBefore(known.ends);
  }
}
