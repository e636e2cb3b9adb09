package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.port.SafePlaces;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.io.Directories;
import dev.atmos.services.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directories that only the user, or the administrator, puts files into. */
final class TrustedPlaces {
  private final ConfigFileCache cache;
  private final SafePlaces safePlaces;
  private final List<Path> places = new ArrayList<>();
  private final Map<ConfigFile, UnsafePlace> refused = new HashMap<>();

  TrustedPlaces(TrustPorts host, ConfigFileCache cache) {
    Directories directories = host.directories();
    Policy policy = host.policy();
    this.cache = cache;
    this.safePlaces = host.safePlaces();
    Optional<List<Path>> fixed = policy == null ? Optional.empty() : policy.userPlaces();
    if (fixed.isPresent()) {
      places.addAll(fixed.get());
    } else {
      add(directories.config(), "");
      add(directories.home(), ".atmos");
    }
    // On Windows, every user may create a directory in ProgramData that isn't there yet.
    if (!directories.workingDirectory().getFileSystem().getSeparator().equals("\\")) {
      add(directories.system(), "");
    }
  }

  private void add(Optional<Path> directory, String below) {
    if (directory.isPresent()) {
      places.add(directory.get().resolve(below));
    }
  }

  /** Whether a file is in one of them, and nobody else can change it. */
  boolean hold(ConfigFile file) {
    Path real = cache.real(file.path(), null);
    for (Path place : places) {
      // A link in there is the user's own doing, if others can change neither it nor its target.
      boolean named = file.path().startsWith(place);
      if (named || isBelow(place, real)) {
        UnsafePlace problem = safePlaces.problem(named ? file.path() : real);
        if (problem == null) {
          return true;
        }
        refused.put(file, problem);
      }
    }
    return false;
  }

  /** Why a file in one of them isn't trusted all the same; null for another file. */
  @Nullable UnsafePlace refused(ConfigFile file) {
    return refused.get(file);
  }

  /** Whether a directory is one of them or below. */
  boolean contain(Path directory, Path real) {
    return places.stream().anyMatch(place -> directory.startsWith(place) || isBelow(place, real));
  }

  /** Whether a path is below a directory; not below one whose real path isn't known. */
  private boolean isBelow(Path directory, Path real) {
    try {
      return real.startsWith(cache.real(directory, null));
    } catch (AtmosException e) {
      return false;
    }
  }
}
