/**
 * The {@code auth} section of {@code atmos.yaml} as values: {@link
 * dev.atmos.auth.config.AuthConfig}.
 */
@NullMarked
package dev.atmos.auth.config;

import org.jspecify.annotations.NullMarked;
