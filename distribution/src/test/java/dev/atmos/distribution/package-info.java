/**
 * Tests of the product as a user has it: unpacked, started by its launcher, talked to by others.
 */
@NullMarked
package dev.atmos.distribution;

import org.jspecify.annotations.NullMarked;
