package dev.atmos.plugin.integration;

import dev.atmos.plugin.config.ConfigMap;

/**
 * An integration as the configuration has it.
 *
 * @param name its key in {@code auth.integrations}, spelt as there
 * @param kind its {@code kind}
 * @param fields everything below its name, {@code kind} included
 */
public record IntegrationSpec(String name, String kind, ConfigMap fields) {}
