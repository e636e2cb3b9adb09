package dev.atmos.cli;

import dev.atmos.cli.config.CommandRunner;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.Terminal;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Everything outside of the program, so that a whole run of it fits into a test.
 *
 * @param environment the variables, as the user set them
 * @param directories where things are
 * @param clock what the time is
 * @param files reads files
 * @param privateFiles writes what atmos keeps
 * @param commands runs what a configuration names
 * @param terminal the person at the keyboard
 * @param machine what the operating system can do beside that
 * @param out standard output: takes the answer, and nothing else
 * @param err standard error
 * @param installation how the program is installed
 */
public record World(
    Environment environment,
    Directories directories,
    Clock clock,
    ReadOnlyFiles files,
    PrivateFiles privateFiles,
    CommandRunner commands,
    Terminal terminal,
    Machine machine,
    OutputStream out,
    OutputStream err,
    Installation installation) {}
