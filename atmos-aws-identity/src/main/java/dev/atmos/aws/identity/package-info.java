/** The kinds of providers and identities that AWS has, and how each of them gets what it makes. */
@NullMarked
package dev.atmos.auth.aws;

import org.jspecify.annotations.NullMarked;
