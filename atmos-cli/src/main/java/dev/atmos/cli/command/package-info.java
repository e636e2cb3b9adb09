/** The commands of the program itself. */
@NullMarked
package dev.atmos.cli.command;

import org.jspecify.annotations.NullMarked;
