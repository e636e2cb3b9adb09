package dev.atmos.plugin.integration;

import dev.atmos.plugin.base.Secret;
import org.jspecify.annotations.Nullable;

/** An environment variable by which programs find what an integration has set up. Immutable. */
public final class IntegrationVariable {

  /** What happens if the variable already has a value. */
  public enum Use {
    /** The new value replaces it. */
    REPLACE,
    /**
     * The value is a list of paths, separated like those of {@code PATH}, and the new one is
     * appended unless the list already has it.
     */
    APPEND_PATH,
    /** The same, but the new path is put before the list. */
    PREPEND_PATH
  }

  private final String name;
  private final Secret value;
  private final Use use;

  private IntegrationVariable(String name, Secret value, Use use) {
    this.name = name;
    this.value = value;
    this.use = use;
  }

  /**
   * A variable.
   *
   * @param name such as {@code KUBECONFIG}
   * @param value its value, which may be a secret
   * @param use what happens if the variable already has a value
   */
  public static IntegrationVariable of(String name, Secret value, Use use) {
    return new IntegrationVariable(name, value, use);
  }

  /** The name, such as {@code KUBECONFIG}. */
  public String name() {
    return name;
  }

  /** Its value, which may be a secret. */
  public Secret value() {
    return value;
  }

  /** What happens if the variable already has a value. */
  public Use use() {
    return use;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IntegrationVariable that
        && name.equals(that.name)
        && value.equals(that.value)
        && use == that.use;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "IntegrationVariable[" + name + ", " + use + "]";
  }
}
