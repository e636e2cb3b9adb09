@NullMarked
package dev.atmos.cli.config;

import org.jspecify.annotations.NullMarked;
