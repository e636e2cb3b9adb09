package dev.atmos.plugin.config;

/**
 * A file of configuration.
 *
 * @param name its path, as messages show it
 * @param text its content; never shown but by {@link Position#excerpt}
 */
public record Source(String name, String text) {

  @Override
  public String toString() {
    return name;
  }
}
