/**
 * From the words of a command line to the command that runs: the tree of commands, the options that
 * all have, parsing, errors.
 */
@NullMarked
package dev.atmos.cli.dispatch;

import org.jspecify.annotations.NullMarked;
