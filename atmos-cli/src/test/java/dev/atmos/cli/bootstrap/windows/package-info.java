@NullMarked
package dev.atmos.cli.bootstrap.windows;

import org.jspecify.annotations.NullMarked;
