/**
 * Loads the configuration: the entry to the packages that find, read, merge and trust its files.
 * Uses all of them but {@code approval}, which uses this one.
 */
@NullMarked
package dev.atmos.cli.config;

import org.jspecify.annotations.NullMarked;
