/** The processes that are started, and what the parent of this one gave it. */
@NullMarked
package dev.atmos.cli.bootstrap.process;

import org.jspecify.annotations.NullMarked;
