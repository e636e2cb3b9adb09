@NullMarked
package dev.atmos.cli.bootstrap;

import org.jspecify.annotations.NullMarked;
