@NullMarked
package dev.atmos.cli.bootstrap.terminal;

import org.jspecify.annotations.NullMarked;
