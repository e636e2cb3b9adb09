package dev.atmos.cli.host;

import dev.atmos.plugin.base.ApiVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is known of a plugin without loading any of its code.
 *
 * @param id names it
 * @param version its own version
 * @param api the version of the API that it was built against
 * @param className the class that implements {@link dev.atmos.plugin.Plugin}
 * @param commands summaries of its commands, by path ({@code aws eks token})
 * @param groups summaries of groups of commands, by path
 * @param providers the provider kinds that it supplies
 * @param identities the identity kinds that it supplies
 * @param stores the credential stores that it supplies
 * @param integrations the integration kinds that it supplies
 * @param sections top-level sections of the configuration that it reads
 * @param services names of the service types that it supplies
 * @param jars where its classes are; empty for a built-in plugin, whose classes are the program's
 */
public record PluginMetadata(
    String id,
    String version,
    ApiVersion api,
    String className,
    Map<String, String> commands,
    Map<String, String> groups,
    List<String> providers,
    List<String> identities,
    List<String> stores,
    List<String> integrations,
    List<String> sections,
    List<String> services,
    List<Path> jars) {

  /** Whether it is a part of the program. */
  public boolean builtIn() {
    return jars.isEmpty();
  }

  @Override
  public String toString() {
    return "plugin " + id + " " + version;
  }
}
