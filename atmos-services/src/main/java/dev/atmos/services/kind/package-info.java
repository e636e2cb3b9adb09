/** The kinds that plugins supply. */
@NullMarked
package dev.atmos.services.kind;

import org.jspecify.annotations.NullMarked;
