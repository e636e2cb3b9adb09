package dev.atmos.cli.config;

import dev.atmos.services.config.ConfigMap;

/** Reads texts for tests of other packages. */
public final class ReadYaml {
  private ReadYaml() {}

  /** The content of a file {@code f.yaml}. */
  public static ConfigMap read(String text) {
    return Trees.readToExplain(text);
  }
}
