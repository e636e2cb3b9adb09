@NullMarked
package dev.atmos.cli.completion;

import org.jspecify.annotations.NullMarked;
