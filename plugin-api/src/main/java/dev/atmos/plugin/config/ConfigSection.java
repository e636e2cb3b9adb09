package dev.atmos.plugin.config;

import java.util.function.Supplier;

/** A top-level section of {@code atmos.yaml} that a plugin reads. */
public final class ConfigSection {
  private final String name;
  private final Supplier<Schema> schema;

  private ConfigSection(String name, Supplier<Schema> schema) {
    this.name = name;
    this.schema = schema;
  }

  /**
   * With these parts.
   *
   * @param name its key, such as {@code auth}
   * @param schema makes what it may hold; asked for only where that is checked, shown or printed
   */
  public static ConfigSection of(String name, Supplier<Schema> schema) {
    return new ConfigSection(name, schema);
  }

  /** Its key, such as {@code auth}. */
  public String name() {
    return name;
  }

  /** Makes what it may hold; asked for only where that is checked, shown or printed. */
  public Supplier<Schema> schema() {
    return schema;
  }
}
