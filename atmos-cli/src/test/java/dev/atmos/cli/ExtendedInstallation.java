package dev.atmos.cli;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.io.CommandConsole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The program with one more built-in plugin, before its own ones.
 *
 * @param plugin the class of the plugin
 * @param metadata what its metadata says, but for version, API and class
 */
record ExtendedInstallation(Class<? extends Plugin> plugin, Map<String, String> metadata)
    implements Installation {
  private static final Installation OWN = ClassPath.installation();

  @Override
  public Properties builtInPlugins() throws IOException {
    Properties index = OWN.builtInPlugins();
    index.setProperty("plugins", "extra," + index.getProperty("plugins"));
    index.setProperty("extra/version", "1");
    index.setProperty("extra/api", "0.2");
    index.setProperty("extra/class", plugin.getName());
    metadata.forEach((key, value) -> index.setProperty("extra/" + key, value));
    return index;
  }

  @Override
  public String build() {
    return OWN.build();
  }

  @Override
  public boolean startupCacheInUse() {
    return OWN.startupCacheInUse();
  }

  @Override
  public List<StartupCache> startupCaches() {
    return OWN.startupCaches();
  }

  @Override
  public void makeStartupCaches(CommandConsole console) {
    OWN.makeStartupCaches(console);
  }

  @Override
  public String javaVersion() {
    return OWN.javaVersion();
  }
}
