/**
 * The program: {@link dev.atmos.cli.Atmos} takes the words of a command line and a {@link
 * dev.atmos.cli.port.SystemPorts}, and gives back an exit code. Nothing here touches the process;
 * the bootstrap package does.
 */
@NullMarked
package dev.atmos.cli;

import org.jspecify.annotations.NullMarked;
