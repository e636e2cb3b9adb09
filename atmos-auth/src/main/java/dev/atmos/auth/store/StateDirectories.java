package dev.atmos.auth.store;

import dev.atmos.plugin.io.Directories;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is where below {@code auth} in the directory of what atmos keeps between runs. Null where
 * the process has no home: nothing is kept then.
 */
final class StateDirectories {
  private StateDirectories() {}

  /** One directory for each fingerprint, with the credentials of roles. */
  static @Nullable Path roles(Directories directories) {
    return below(directories, "roles");
  }

  /** What sign-ins leave behind: one directory for each store that keeps files. */
  static @Nullable Path signIn(Directories directories) {
    return below(directories, "sign-in");
  }

  /** Files that only serve to be locked. */
  static @Nullable Path locks(Directories directories) {
    return below(directories, "locks");
  }

  private static @Nullable Path below(Directories directories, String name) {
    Optional<Path> state = directories.state();
    return state.isEmpty() ? null : state.get().resolve("auth").resolve(name);
  }
}
