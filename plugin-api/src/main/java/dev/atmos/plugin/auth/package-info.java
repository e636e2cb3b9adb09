/**
 * Signing in: the kinds of providers, identities and credential stores that plugins add, the grants
 * that they exchange, and the service that finds the identity of a command.
 */
@NullMarked
package dev.atmos.plugin.auth;

import org.jspecify.annotations.NullMarked;
