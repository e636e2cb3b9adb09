/**
 * What programs are given so that they are an identity: variables, and the files that these name.
 */
@NullMarked
package dev.atmos.auth.env;

import org.jspecify.annotations.NullMarked;
