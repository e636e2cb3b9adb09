@NullMarked
package dev.atmos.cli.config.trust;

import org.jspecify.annotations.NullMarked;
