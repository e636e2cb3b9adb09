package dev.atmos.auth.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in to a provider.
 *
 * @param provider its name
 * @param expiresAt when it ends, unless it is renewed; null where that isn't known
 * @param external whether it is another tool's, such as that of {@code aws sso login}
 * @param origin where it was found
 */
public record ProviderSession(
    String provider, @Nullable Instant expiresAt, boolean external, Session.Origin origin) {}
