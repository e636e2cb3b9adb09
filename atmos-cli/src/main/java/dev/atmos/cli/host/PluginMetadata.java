package dev.atmos.cli.host;

import dev.atmos.plugin.base.ApiVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plugin without loading any of its code.
 *
 * @param id names it
 * @param version its own version
 * @param api the version of the API that it was built against
 * @param className the class that implements {@link dev.atmos.plugin.Plugin}
 * @param commands summaries of its commands, by path ({@code aws eks token})
 * @param groups summaries of groups of commands, by path
 * @param supplies the names of the kinds, sections and services that it supplies, by the key of the
 *     metadata that lists them
 * @param fallbackIdentity the identity kind for a configuration without identities; null for none
 * @param jars where its classes are; empty for a built-in plugin, whose classes are the program's
 */
public record PluginMetadata(
    String id,
    String version,
    ApiVersion api,
    String className,
    Map<String, String> commands,
    Map<String, String> groups,
    Map<String, List<String>> supplies,
    @Nullable String fallbackIdentity,
    List<Jar> jars) {

  /**
   * A jar of a third party's plugin.
   *
   * @param sha256 what it is registered with, as 64 lower-case hexadecimal digits; empty for none
   */
  public record Jar(Path path, String sha256) {}

  /** Whether it is a part of the program. */
  public boolean builtIn() {
    return jars.isEmpty();
  }

  /** The names that a key of the metadata lists, such as {@code identities}. */
  List<String> names(String key) {
    return supplies.getOrDefault(key, List.of());
  }

  @Override
  public String toString() {
    return "plugin " + id + " " + version;
  }
}
