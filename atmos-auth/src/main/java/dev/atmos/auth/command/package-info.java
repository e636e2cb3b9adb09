/** The commands that sign in and out, and that give out what was signed in to. */
@NullMarked
package dev.atmos.auth.command;

import org.jspecify.annotations.NullMarked;
