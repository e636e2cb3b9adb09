package dev.atmos.plugin.config;

import java.util.function.Supplier;

/**
 * A top-level section of {@code atmos.yaml} that a plugin reads.
 *
 * @param name its key, such as {@code auth}
 * @param shape makes what it may hold; called where that is checked, shown or printed only
 */
public record Section(String name, Supplier<Shape> shape) {}
