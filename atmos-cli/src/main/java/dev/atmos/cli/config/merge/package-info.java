/** Merges one file over another. */
@NullMarked
package dev.atmos.cli.config.merge;

import org.jspecify.annotations.NullMarked;
