/**
 * The one door to the world: only here are the process's streams, variables, clock, files and child
 * processes touched. Everything else is given ports.
 */
@NullMarked
package dev.atmos.cli.bootstrap;

import org.jspecify.annotations.NullMarked;
