package dev.atmos.plugin.auth;

import dev.atmos.plugin.config.ConfigMap;

/**
 * An identity as the configuration has it.
 *
 * @param name its key in {@code auth.identities}, spelt as there
 * @param kind its {@code kind}
 * @param fields everything below its name, {@code kind} included
 */
public record IdentitySpec(String name, String kind, ConfigMap fields) {}
