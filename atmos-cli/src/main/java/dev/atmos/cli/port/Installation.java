package dev.atmos.cli.port;

import dev.atmos.plugin.io.CommandConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** How the running program is installed. */
public interface Installation {

  /** The state of a start-up cache. */
  enum CacheState {
    /** Its content is what was written when it was made. */
    WHOLE,
    /** It doesn't exist. */
    MISSING,
    /** Its content isn't what was written when it was made. */
    DAMAGED
  }

  /**
   * A start-up cache.
   *
   * @param name what it is for: {@code token} or {@code main}
   * @param state whether it can be used
   */
  record StartupCache(String name, CacheState state) {}

  /**
   * Names the build: equal for equal jars. Empty where the program isn't run from a distribution.
   */
  String build();

  /** What starts it; absolute. Empty where the program isn't run from a distribution. */
  default Optional<Path> launcher() {
    return Optional.empty();
  }

  /** The index of the built-in plugins, in the form of {@link dev.atmos.cli.host.PluginIndex}. */
  Properties builtInPlugins() throws IOException;

  /** Whether the running process uses a start-up cache. */
  boolean startupCacheInUse();

  /** The start-up caches of this installation; none where it isn't run from a distribution. */
  List<StartupCache> startupCaches();

  /**
   * Rebuilds the start-up caches.
   *
   * @throws dev.atmos.plugin.base.AtmosException if that can't be done here
   */
  void makeStartupCaches(CommandConsole console);

  /** The version of the Java that runs the program. */
  String javaVersion();
}
