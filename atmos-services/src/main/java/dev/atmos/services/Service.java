package dev.atmos.services;

import java.util.function.Function;

/**
 * A service that a built-in plugin supplies, so that features can use each other without seeing
 * each other: its type is declared here or in the plugin API, its implementation stays in its
 * module.
 *
 * @param <T> the service's type
 * @param type the service's type, by which {@link Services#service} finds it
 * @param factory makes the service the first time that it is asked for
 */
public record Service<T>(Class<T> type, Function<Services, T> factory) {}
