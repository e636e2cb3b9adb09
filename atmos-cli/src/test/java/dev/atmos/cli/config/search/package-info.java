@NullMarked
package dev.atmos.cli.config.search;

import org.jspecify.annotations.NullMarked;
