package dev.atmos.plugin.config;

/**
 * A file of configuration.
 *
 * @param name its path, as messages show it
 * @param text its content; only {@link Position#excerpt} shows any of it
 */
public record Source(String name, String text) {

  @Override
  public String toString() {
    return name;
  }
}
