@NullMarked
package dev.atmos.cli;

import org.jspecify.annotations.NullMarked;
