package dev.atmos.auth.chain;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an identity.
 *
 * @param identity its name
 * @param provider the provider at the root of its chain; null where nobody signs in to one
 * @param expiresAt when its credentials expire, be that past; null where none are kept
 * @param region the region that the configuration has for it; null for none
 * @param account the account's id, 12 digits; null where the configuration doesn't say
 * @param principal who it is in that account; null where the configuration doesn't say
 * @param file the shared credentials file that has them, which is there if {@code expiresAt} is;
 *     null where nothing of this identity is ever kept
 * @param profile the profile's name in that file
 */
public record KeptSession(
    String identity,
    @Nullable String provider,
    @Nullable Instant expiresAt,
    @Nullable String region,
    @Nullable String account,
    @Nullable String principal,
    @Nullable Path file,
    String profile) {}
