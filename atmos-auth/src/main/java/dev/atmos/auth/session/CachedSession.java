package dev.atmos.auth.session;

import dev.atmos.plugin.kind.Description;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of an identity.
 *
 * @param identity its name
 * @param provider the provider at the root of its chain; null where the chain begins with an
 *     identity
 * @param expiresAt when its credentials expire or expired; null where none are cached
 * @param region the region that the configuration has for it; null for none
 * @param description account and principal, as far as the configuration says them
 * @param file the shared credentials file that has them, which is there if {@code expiresAt} is;
 *     null where nothing of this identity is ever cached
 * @param profile the profile's name in that file
 */
public record CachedSession(
    String identity,
    @Nullable String provider,
    @Nullable Instant expiresAt,
    @Nullable String region,
    Description description,
    @Nullable Path file,
    String profile) {}
