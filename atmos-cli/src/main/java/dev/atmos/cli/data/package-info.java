/** Answers that programs read, in JSON and in YAML. Never loaded where a token is printed. */
@NullMarked
package dev.atmos.cli.data;

import org.jspecify.annotations.NullMarked;
