package dev.atmos.loopback.kubernetes;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.SigV4;
import dev.atmos.loopback.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Authenticates requests by their bearer token, as aws-iam-authenticator and STS do together. */
final class TokenAuthenticator {
  private final TokenVerifier verifier;
  private final String clusterName;
  private final Function<String, Optional<AccessKey>> accessKeys;
  private final AtomicInteger toRefuse = new AtomicInteger();

  TokenAuthenticator(
      TokenVerifier verifier,
      String clusterName,
      Function<String, Optional<AccessKey>> accessKeys) {
    this.verifier = verifier;
    this.clusterName = clusterName;
    this.accessKeys = accessKeys;
  }

  void refuseNext(int count) {
    toRefuse.set(count);
  }

  Caller authenticate(ServerRequest request) {
    String text = request.bearerToken().orElse(null);
    if (text == null) {
      return new Caller(null, null, "no token");
    }
    String digest = SigV4.sha256(text.getBytes(StandardCharsets.UTF_8));
    @Nullable VerifiedToken token = null;
    try {
      token = verifier.verify(text);
      verifier.verifySignature(
          token, clusterName, id -> accessKeys.apply(id).map(AccessKey::secret));
      checkSessionToken(token);
    } catch (InvalidTokenException e) {
      return new Caller(digest, token, "refused: " + e.rule() + " " + e.getMessage());
    }
    boolean refuse = toRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    return new Caller(digest, token, refuse ? "refused on demand" : Caller.ACCEPTED);
  }

  private void checkSessionToken(VerifiedToken token) {
    Optional<AccessKey> key = accessKeys.apply(token.accessKeyId());
    if (key.isEmpty() || !Objects.equals(key.get().sessionToken(), token.sessionToken())) {
      throw new InvalidTokenException(
          InvalidTokenException.STS, "The security token included in the request is invalid");
    }
  }
}
