/** The options and words of built-in commands. */
@NullMarked
package dev.atmos.services.command;

import org.jspecify.annotations.NullMarked;
