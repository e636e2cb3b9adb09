/** Shows the values of files that need the user's approval, and records what the user approves. */
@NullMarked
package dev.atmos.cli.config.approval;

import org.jspecify.annotations.NullMarked;
