/** Reads YAML files, and evaluates their tags. */
@NullMarked
package dev.atmos.cli.config.yaml;

import org.jspecify.annotations.NullMarked;
