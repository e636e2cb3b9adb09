/** Reads the policy of the machine. */
@NullMarked
package dev.atmos.cli.policy;

import org.jspecify.annotations.NullMarked;
