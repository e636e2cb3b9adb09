@NullMarked
package dev.atmos.cli.data;

import org.jspecify.annotations.NullMarked;
