@NullMarked
package dev.atmos.cli.config.merge;

import org.jspecify.annotations.NullMarked;
