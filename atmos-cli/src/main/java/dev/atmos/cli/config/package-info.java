/** Finds, reads and merges the files of configuration. */
@NullMarked
package dev.atmos.cli.config;

import org.jspecify.annotations.NullMarked;

