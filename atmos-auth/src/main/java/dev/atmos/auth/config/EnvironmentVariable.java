package dev.atmos.auth.config;

import dev.atmos.plugin.base.Secret;

/**
 * A variable that goes with an identity into the environment of programs.
 *
 * @param name its name, spelt as in the configuration
 * @param value its value; a secret, because nobody knows that it isn't
 */
public record EnvironmentVariable(String name, Secret value) {}
