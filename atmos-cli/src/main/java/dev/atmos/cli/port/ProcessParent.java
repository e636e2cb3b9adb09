package dev.atmos.cli.port;

import org.jspecify.annotations.Nullable;

/**
 * A process and the one that started it, as far as the operating system tells without effort.
 *
 * @param pid the number of the process
 * @param parent the number of the one that started it; 0 where it isn't known
 * @param name the name of that one; null where it isn't known
 */
public record ProcessParent(long pid, long parent, @Nullable String name) {}
