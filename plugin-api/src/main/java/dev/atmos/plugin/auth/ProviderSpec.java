package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.ConfigMap;

/**
 * A provider as the configuration has it.
 *
 * @param name its key in {@code auth.providers}, spelt as there
 * @param kind its {@code kind}
 * @param fields everything below its name, {@code kind} included
 */
public record ProviderSpec(String name, String kind, ConfigMap fields) {}
