/**
 * Finds the identity of a command and its credentials. Everything here is reached through {@link
 * dev.atmos.auth.AuthPlugin}.
 */
@NullMarked
package dev.atmos.auth;

import org.jspecify.annotations.NullMarked;
