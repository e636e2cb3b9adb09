/** Everything outside of the program, as interfaces. */
@NullMarked
package dev.atmos.cli.port;

import org.jspecify.annotations.NullMarked;
