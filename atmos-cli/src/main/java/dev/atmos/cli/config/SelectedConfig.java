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
 * What has been found, in the words by which it could have been named.
 *
 * @param files the files that the configuration begins with, and the directories of fragments that
 *     have no file beside them; absolute, from the lowest rank to the highest
 * @param basePath what relative paths in all of them start from; null where each says that itself
 * @param profiles those that are chosen, from the lowest rank to the highest: the name of one where
 *     it leads to the same directory when the files are named, and else that directory
 */
record SelectedConfig(List<Path> files, @Nullable Path basePath, List<String> profiles) {

  /** Copies the lists. */
  SelectedConfig {
    files = List.copyOf(files);
    profiles = List.copyOf(profiles);
  }

  /** What names the same places. A file that was found twice counts at its highest rank. */
  static List<Path> files(List<SearchLocation> places, @Nullable Path repository, ConfigFileCache cache) {
    Set<Path> files = new LinkedHashSet<>();
    boolean pending = repository != null && !MergeOrder.isBesideAFile(repository, places);
    for (SearchLocation place : places) {
      if (pending && place.kind() == SearchLocation.Kind.PROJECT && repository != null) {
        for (String name : List.of(MergeOrder.FRAGMENTS, MergeOrder.HIDDEN_FRAGMENTS)) {
          Path fragments = repository.resolve(name);
          if (cache.list(fragments, null) != null) {
            files.add(fragments);
          }
        }
        pending = false;
      }
      ConfigFile file = place.file();
      if (file != null || place.kind() == SearchLocation.Kind.NAMED_FRAGMENTS) {
        files.remove(place.path());
        files.add(place.path());
      }
    }
    return new ArrayList<>(files);
  }

  /**
   * Where profiles are looked for when the files are named; none where that isn't fixed by them.
   */
  static List<Path> directories(List<SearchLocation> places) {
    Set<Path> directories = new LinkedHashSet<>();
    for (int i = places.size() - 1; i >= 0; i--) {
      ConfigFile file = places.get(i).file();
      if (file != null) {
        directories.add(file.directory());
      }
    }
    return new ArrayList<>(directories);
  }
}
