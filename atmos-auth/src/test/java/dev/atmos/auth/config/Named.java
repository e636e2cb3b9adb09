package dev.atmos.auth.config;

import java.util.Map;
import java.util.Objects;

/** Definitions by name, for tests that know that they are there. */
final class Named {

  private Named() {}

  static <K, T> T of(Map<K, T> definitions, K name) {
    return Objects.requireNonNull(definitions.get(name), name::toString);
  }
}
