/** Writes down what is audited. */
@NullMarked
package dev.atmos.cli.audit;

import org.jspecify.annotations.NullMarked;
