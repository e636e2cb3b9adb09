/** Builds the product's directories out of the modules' jars; no part of the product itself. */
@NullMarked
package dev.atmos.distribution;

import org.jspecify.annotations.NullMarked;
