@NullMarked
package dev.atmos.cli.port;

import org.jspecify.annotations.NullMarked;
