@NullMarked
package dev.atmos.cli.context;

import org.jspecify.annotations.NullMarked;
