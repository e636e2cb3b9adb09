package dev.atmos.plugin.integration;

import dev.atmos.plugin.Secret;

/**
 * An environment variable by which programs find what an integration has set up.
 *
 * @param name such as {@code KUBECONFIG}
 * @param value its value, which may be a secret
 * @param use what becomes of a value that the variable has already
 */
public record IntegrationVariable(String name, Secret value, Use use) {

  /** What becomes of a value that the variable has already. */
  public enum Use {
    /** It is replaced. */
    REPLACE,
    /**
     * It is a list of paths, separated as the system separates those of {@code PATH}, and gets this
     * one at its end unless it has it.
     */
    APPEND_PATH
  }
}
