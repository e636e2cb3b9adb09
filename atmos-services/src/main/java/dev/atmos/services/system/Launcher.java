package dev.atmos.services.system;

import java.nio.file.Path;
import java.util.Optional;

/** Host service: how other programs start this one. */
public interface Launcher {

  /** The name that it goes by: {@code atmos}. */
  String NAME = "atmos";

  /**
   * The word to start it with: its name, where {@code PATH} leads to it by that, and else the
   * absolute path of its launcher. Where it has no launcher, because it isn't installed, its name.
   */
  String command();

  /** The absolute path of its launcher; empty where it isn't installed. */
  default Optional<Path> path() {
    return Optional.empty();
  }

  /** Whether a text is an absolute path that leads to this program's launcher. */
  default boolean isAt(String path) {
    return false;
  }
}
