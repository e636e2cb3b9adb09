@NullMarked
package dev.atmos.plugin.cli;

import org.jspecify.annotations.NullMarked;
