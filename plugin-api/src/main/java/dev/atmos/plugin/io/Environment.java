package dev.atmos.plugin.io;

import dev.atmos.plugin.base.ImplementedByHost;
import java.util.Optional;

/** The environment variables of the process, as the user set them. */
@ImplementedByHost
public interface Environment {

  /** The value of a variable, which may be the empty text; empty if the variable isn't set. */
  Optional<String> get(String name);

  /** The value of a variable; empty if the variable isn't set or is the empty text. */
  default Optional<String> nonEmpty(String name) {
    Optional<String> value = get(name);
    return value.isPresent() && value.get().isEmpty() ? Optional.empty() : value;
  }
}
