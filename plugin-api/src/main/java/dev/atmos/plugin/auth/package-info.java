/**
 * Who the user is to AWS: identity kinds, which plugins add, and the service that resolves them.
 */
@NullMarked
package dev.atmos.plugin.auth;

import org.jspecify.annotations.NullMarked;
