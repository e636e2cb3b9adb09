package dev.atmos.plugin;

import java.util.function.Function;

/**
 * A host service that a built-in plugin supplies, so that features can use each other without
 * seeing each other: the type is declared in this API, the implementation stays in its module.
 *
 * @param <T> the service's type
 * @param type the service's type, by which {@link PluginContext#service} finds it
 * @param factory makes the service the first time that it is asked for
 */
public record Service<T>(Class<T> type, Function<PluginContext, T> factory) {}
