/** The files of the configuration as they are read. */
@NullMarked
package dev.atmos.cli.config.file;

import org.jspecify.annotations.NullMarked;
