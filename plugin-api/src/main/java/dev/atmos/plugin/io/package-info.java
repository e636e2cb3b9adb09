/** The ports through which a plugin reaches the world. */
@NullMarked
package dev.atmos.plugin.io;

import org.jspecify.annotations.NullMarked;
