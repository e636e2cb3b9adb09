@NullMarked
package dev.atmos.cli.bootstrap.process;

import org.jspecify.annotations.NullMarked;
