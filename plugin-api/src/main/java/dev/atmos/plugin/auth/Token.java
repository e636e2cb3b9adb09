package dev.atmos.plugin.auth;

import dev.atmos.plugin.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that says who somebody is, to whoever exchanges it for something else.
 *
 * @param type what it is good for: one of the constants, or a word that a plugin's own provider and
 *     identity kinds agree on
 * @param value the token
 * @param expiresAt when it stops being taken; null where that isn't known
 */
public record Token(String type, Secret value, @Nullable Instant expiresAt) implements Grant {

  /**
   * An access token of IAM Identity Center.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html">IAM
   *     Identity Center OIDC, CreateToken</a>
   */
  public static final String IDENTITY_CENTER = "aws/identity-center";

  /**
   * An OpenID Connect token that {@code AssumeRoleWithWebIdentity} takes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">STS
   *     AssumeRoleWithWebIdentity</a>
   */
  public static final String WEB_IDENTITY = "web-identity";

  /**
   * @throws IllegalArgumentException if a part is empty
   */
  public Token {
    if (type.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("a part of the token is empty");
    }
  }
}
