/** Finds the files of the configuration and their order. */
@NullMarked
package dev.atmos.cli.config.search;

import org.jspecify.annotations.NullMarked;
