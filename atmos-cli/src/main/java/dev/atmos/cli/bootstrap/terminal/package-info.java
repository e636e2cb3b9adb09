/** The terminal of the process. */
@NullMarked
package dev.atmos.cli.bootstrap.terminal;

import org.jspecify.annotations.NullMarked;
