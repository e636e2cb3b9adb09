@NullMarked
package dev.atmos.cli.host;

import org.jspecify.annotations.NullMarked;
