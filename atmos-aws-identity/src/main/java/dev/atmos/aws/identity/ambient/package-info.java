/** The credentials that the environment offers. */
@NullMarked
package dev.atmos.aws.identity.ambient;

import org.jspecify.annotations.NullMarked;
