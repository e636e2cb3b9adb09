package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token that a server exchanges for something else. Immutable.
 *
 * <p>Its type is one of the constants, or a word that a plugin's own provider and identity kinds
 * agree on.
 */
public final class Token implements Grant {

  /**
   * An access token of IAM Identity Center.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html">IAM
   *     Identity Center OIDC, CreateToken</a>
   */
  public static final String IDENTITY_CENTER = "aws/identity-center";

  /**
   * An OpenID Connect token that {@code AssumeRoleWithWebIdentity} accepts.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">STS
   *     AssumeRoleWithWebIdentity</a>
   */
  public static final String WEB_IDENTITY = "web-identity";

  private final String type;
  private final Secret value;
  private final @Nullable Instant expiresAt;

  private Token(String type, Secret value, @Nullable Instant expiresAt) {
    if (type.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("a part of the token is empty");
    }
    this.type = type;
    this.value = value;
    this.expiresAt = expiresAt;
  }

  /**
   * A token.
   *
   * @param expiresAt when it stops being valid; null if it isn't known
   * @throws IllegalArgumentException if a part is empty
   */
  public static Token of(String type, Secret value, @Nullable Instant expiresAt) {
    return new Token(type, value, expiresAt);
  }

  @Override
  public String type() {
    return type;
  }

  /** The token itself. */
  public Secret value() {
    return value;
  }

  @Override
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Token token
        && type.equals(token.type)
        && value.equals(token.value)
        && Objects.equals(expiresAt, token.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, expiresAt);
  }

  @Override
  public String toString() {
    return "Token[" + type + ", expires " + expiresAt + "]";
  }
}
