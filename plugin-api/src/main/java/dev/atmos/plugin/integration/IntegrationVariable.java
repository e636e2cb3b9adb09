package dev.atmos.plugin.integration;

import dev.atmos.plugin.base.Secret;

/** An environment variable by which programs find what an integration has set up. */
public final class IntegrationVariable {
  private final String name;
  private final Secret value;
  private final Use use;

  private IntegrationVariable(String name, Secret value, Use use) {
    this.name = name;
    this.value = value;
    this.use = use;
  }

  /**
   * With these parts.
   *
   * @param name such as {@code KUBECONFIG}
   * @param value its value, which may be a secret
   * @param use what becomes of a value that the variable has already
   */
  public static IntegrationVariable of(String name, Secret value, Use use) {
    return new IntegrationVariable(name, value, use);
  }

  /** Such as {@code KUBECONFIG}. */
  public String name() {
    return name;
  }

  /** Its value, which may be a secret. */
  public Secret value() {
    return value;
  }

  /** What becomes of a value that the variable has already. */
  public Use use() {
    return use;
  }

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

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof IntegrationVariable that
        && java.util.Objects.equals(name, that.name)
        && java.util.Objects.equals(value, that.value)
        && java.util.Objects.equals(use, that.use);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(name, use);
  }

  @Override
  public String toString() {
    return "IntegrationVariable[" + name + ", " + use + "]";
  }
}
