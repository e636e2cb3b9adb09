package dev.atmos.plugin.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a chain gives, and the next one starts from. The API has {@link AwsCredentials}
 * and {@link Token}; a plugin may add its own type of grant, such as credentials of another cloud.
 * Only grants of the API are cached between runs. Grants are immutable.
 */
public interface Grant {

  /** The type, such as {@link AwsCredentials#TYPE} or {@link Token#WEB_IDENTITY}. */
  String type();

  /** When it stops being valid; null if it isn't known, or never. */
  @Nullable Instant expiresAt();
}
