package dev.atmos.cli.config;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.search.MergeOrder;
import dev.atmos.cli.config.search.SearchLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a run as options could have named it.
 *
 * @param files the files that the configuration begins with, and the directories of fragments that
 *     have no file beside them; absolute, from the lowest rank to the highest
 * @param basePath what relative paths in all of them start from; null where each file decides that
 * @param profiles those that are chosen, from the lowest rank to the highest: the name of one where
 *     it leads to the same directory when the files are named, and else that directory
 */
record SelectedConfig(List<Path> files, @Nullable Path basePath, List<String> profiles) {

  /** Copies the lists. */
  SelectedConfig {
    files = List.copyOf(files);
    profiles = List.copyOf(profiles);
  }

  /** The paths of the same locations. A file that was found twice counts at its highest rank. */
  static List<Path> files(
      List<SearchLocation> locations, @Nullable Path repository, ConfigFileCache cache) {
    Set<Path> files = new LinkedHashSet<>();
    boolean pending = repository != null && !MergeOrder.isBesideAFile(repository, locations);
    for (SearchLocation location : locations) {
      if (pending && location.kind() == SearchLocation.Kind.PROJECT && repository != null) {
        for (String name : List.of(MergeOrder.FRAGMENTS, MergeOrder.HIDDEN_FRAGMENTS)) {
          Path fragments = repository.resolve(name);
          if (cache.list(fragments, null) != null) {
            files.add(fragments);
          }
        }
        pending = false;
      }
      ConfigFile file = location.file();
      if (file != null || location.kind() == SearchLocation.Kind.NAMED_FRAGMENTS) {
        files.remove(location.path());
        files.add(location.path());
      }
    }
    return new ArrayList<>(files);
  }

  /**
   * Where profiles are looked for when the files are named; none where that isn't fixed by them.
   */
  static List<Path> directories(List<SearchLocation> locations) {
    Set<Path> directories = new LinkedHashSet<>();
    for (int i = locations.size() - 1; i >= 0; i--) {
      ConfigFile file = locations.get(i).file();
      if (file != null) {
        directories.add(file.directory());
      }
    }
    return new ArrayList<>(directories);
  }
}
