/**
 * The configuration as plugins see it: definitions whose fields have typed getters, and the schemas
 * that they declare. A scalar is its text until a typed getter converts it, so that {@code
 * 012345678901} stays an account id and {@code no} a word.
 */
@NullMarked
package dev.atmos.plugin.config;

import org.jspecify.annotations.NullMarked;
