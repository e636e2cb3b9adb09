package dev.atmos.cli.bootstrap;

import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The installation that the launcher started. It says where that is with {@code -Datmos.home}, and
 * which build with {@code -Datmos.build}; without these the program runs from a class path.
 */
final class RunningInstallation implements Installation {
  private final @Nullable String home = System.getProperty("atmos.home");
  private final String build = System.getProperty("atmos.build", "");

  @Override
  public String build() {
    return build;
  }

  @Override
  public Optional<Path> launcher() {
    return home == null
        ? Optional.empty()
        : Optional.of(
            Path.of(home, "bin", File.separatorChar == '\\' ? "atmos.bat" : "atmos")
                .toAbsolutePath()
                .normalize());
  }

  @Override
  public Properties builtInPlugins() throws IOException {
    Properties index = new Properties();
    if (home != null) {
      try (InputStream in = new FileInputStream(home + "/lib/atmos-" + build + ".plugins")) {
        index.load(in);
      }
      return index;
    }
    Enumeration<URL> jars =
        RunningInstallation.class.getClassLoader().getResources("META-INF/atmos/plugin.properties");
    while (jars.hasMoreElements()) {
      Properties metadata = new Properties();
      try (InputStream in = jars.nextElement().openStream()) {
        metadata.load(in);
      }
      PluginIndex.add(index, metadata);
    }
    return index;
  }

  @Override
  public boolean startupCacheInUse() {
    // The launcher names the cache that it asked for; the VM says whether it shares anything.
    return System.getProperty("atmos.cache") != null
        && System.getProperty("java.vm.info", "").contains("sharing");
  }

  @Override
  public List<StartupCache> startupCaches() {
    if (home == null) {
      return List.of();
    }
    StartupCaches caches = new StartupCaches(Path.of(home, "lib"), build);
    return StartupCaches.NAMES.stream()
        .map(name -> new StartupCache(name, caches.state(name)))
        .toList();
  }

  @Override
  public void makeStartupCaches(CommandConsole console) {
    if (home == null) {
      throw new AtmosException(
          ExitCode.FAILED, "start-up caches belong to an unpacked atmos, and this one isn't");
    }
    new StartupCaches(Path.of(home, "lib"), build).make(console);
  }

  @Override
  public String javaVersion() {
    return System.getProperty("java.runtime.version", "unknown");
  }
}
