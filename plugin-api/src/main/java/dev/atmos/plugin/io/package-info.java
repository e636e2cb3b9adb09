/** The ports through which a plugin uses the terminal, files, programs and the network. */
@NullMarked
package dev.atmos.plugin.io;

import org.jspecify.annotations.NullMarked;
