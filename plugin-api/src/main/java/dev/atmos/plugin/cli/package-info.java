/** Options that commands have in common. */
@NullMarked
package dev.atmos.plugin.cli;

import org.jspecify.annotations.NullMarked;
