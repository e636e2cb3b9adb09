/**
 * Finds out which identity is meant and what it signs with. Everything here is reached through
 * {@link dev.atmos.auth.AuthPlugin}.
 */
@NullMarked
package dev.atmos.auth;

import org.jspecify.annotations.NullMarked;
