/** Completion: what could be typed next. */
@NullMarked
package dev.atmos.cli.completion;

import org.jspecify.annotations.NullMarked;
