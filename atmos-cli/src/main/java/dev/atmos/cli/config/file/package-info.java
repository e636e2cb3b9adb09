@NullMarked
package dev.atmos.cli.config.file;

import org.jspecify.annotations.NullMarked;

