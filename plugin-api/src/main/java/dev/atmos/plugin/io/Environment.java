package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.util.Optional;

/** The environment variables of the process, as the user set them. */
@ImplementedByHost
public interface Environment {

  /** A variable's value, which may be the empty text; empty where the variable isn't set. */
  Optional<String> get(String name);

  /** A variable's value where it is set and not the empty text. */
  default Optional<String> nonEmpty(String name) {
    Optional<String> value = get(name);
    return value.isPresent() && value.get().isEmpty() ? Optional.empty() : value;
  }
}
