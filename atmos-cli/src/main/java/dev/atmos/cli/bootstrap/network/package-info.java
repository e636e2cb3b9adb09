/** Connections of the machine that no client of Java's makes. */
@NullMarked
package dev.atmos.cli.bootstrap.network;

import org.jspecify.annotations.NullMarked;
