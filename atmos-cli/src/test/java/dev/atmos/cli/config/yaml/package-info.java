@NullMarked
package dev.atmos.cli.config.yaml;

import org.jspecify.annotations.NullMarked;
