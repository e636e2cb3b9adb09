/**
 * The configuration as plugins see it: a tree of maps, lists and texts that knows where each of its
 * values was written. A scalar is its text until a typed getter asks for more, so that {@code
 * 012345678901} stays an account id and {@code no} a region.
 */
@NullMarked
package dev.atmos.plugin.config;

import org.jspecify.annotations.NullMarked;
