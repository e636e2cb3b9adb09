package dev.atmos.plugin.config;

import java.util.function.Supplier;

/** A top-level section of {@code atmos.yaml} that a plugin reads. Immutable. */
public final class ConfigSection {
  private final String name;
  private final Supplier<Schema> schema;

  private ConfigSection(String name, Supplier<Schema> schema) {
    this.name = name;
    this.schema = schema;
  }

  /**
   * A section.
   *
   * @param name its key, such as {@code auth}
   * @param schema makes its schema, see {@link #schema}
   */
  public static ConfigSection of(String name, Supplier<Schema> schema) {
    return new ConfigSection(name, schema);
  }

  /** Its key, such as {@code auth}. */
  public String name() {
    return name;
  }

  /**
   * Makes the section's schema. Called only where configuration is validated, shown, approved or
   * completed; it must return at once, and reads, runs and sends nothing.
   */
  public Supplier<Schema> schema() {
    return schema;
  }
}
