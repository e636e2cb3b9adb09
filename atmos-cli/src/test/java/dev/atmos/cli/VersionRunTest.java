package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.View;
import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.port.Installation;
import dev.atmos.cli.port.Installation.CacheState;
import dev.atmos.cli.port.Installation.StartupCache;
import dev.atmos.plugin.io.CommandConsole;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code atmos version} and {@code atmos startup-cache}. */
final class VersionRunTest {

  /** An unpacked archive. */
  private record Unpacked(boolean startupCacheInUse, List<StartupCache> startupCaches)
      implements Installation {
    @Override
    public String build() {
      return "0123abcd";
    }

    @Override
    public Properties builtInPlugins() throws IOException {
      return ClassPath.installation().builtInPlugins();
    }

    @Override
    public void makeStartupCaches(CommandConsole console) {
      console.say("made them");
    }

    @Override
    public String javaVersion() {
      return "25.0.1+8-\"quoted\\";
    }
  }

  private static AtmosRun unpacked(boolean inUse, CacheState token, CacheState main) {
    return AtmosRun.unix()
        .installed(
            new Unpacked(
                inUse, List.of(new StartupCache("token", token), new StartupCache("main", main))));
  }

  private static AtmosRun whole() {
    return unpacked(true, CacheState.WHOLE, CacheState.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "version --output text", "version -o=text"})
  void version_ofAnUnpackedArchive_saysWhatItIs(String line) {
    assertThat(whole().run(line.split(" ", -1)).answer())
        .isEqualTo(
            """
            atmos 0.1.0
            build 0123abcd
            java 25.0.1+8-"quoted\\
            start-up cache: in use, token whole, main whole
            """);
  }

  @Test
  void version_withADamagedCache_saysHowToMendIt() {
    assertThat(unpacked(false, CacheState.DAMAGED, CacheState.MISSING).run("version").answer())
        .endsWith(
            """
            start-up cache: not in use, token damaged, main missing
            rebuild it: atmos startup-cache
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version --output json", "version -o json", "--version --output=json"})
  void versionInJson_ofAnUnpackedArchive_isOneLine(String line) {
    assertThat(whole().run(line.split(" ", -1)).answer())
        .isEqualTo(
            "{\"version\":\"0.1.0\",\"build\":\"0123abcd\","
                + "\"java\":\"25.0.1+8-\\\"quoted\\\\\","
                + "\"startupCache\":{\"inUse\":true,\"token\":\"whole\",\"main\":\"whole\"}}\n");
  }

  @ParameterizedTest
  @EnumSource
  void version_ofAClassPath_hasNoBuildAndNoCaches(View view) {
    String java = Runtime.version().toString();
    assertThat(view.atmos().run("version").answer())
        .matches("atmos 0\\.1\\.0\njava .*\nstart-up cache: (not )?in use\n")
        .contains("java " + java.substring(0, java.indexOf('.')));
    assertThat(view.atmos().run("version", "--output", "json").answer())
        .startsWith("{\"version\":\"0.1.0\",\"build\":\"\",\"java\":\"");
  }

  @ParameterizedTest
  @EnumSource
  void version_inABrokenPlace_worksAllTheSame(View view) {
    AtmosRun atmos = view.atmos().file("atmos.yaml", "broken: [").env("ATMOS_LOGS_LEVEL", "loud");
    assertThat(atmos.run("version").answer()).startsWith("atmos 0.1.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "", "jsn"})
  void version_inAnotherFormat_isRefused(String format) {
    AtmosRun.unix()
        .run("version", "--output", format)
        .failed(2, "--output must be text or json, not '" + format + "'");
  }

  @ParameterizedTest
  @EnumSource
  void startupCache_ofAClassPath_isRefused(View view) {
    view.atmos()
        .run("startup-cache")
        .failed(1, "start-up caches belong to an unpacked atmos, and this one isn't");
  }

  @Test
  void startupCache_ofAnUnpackedArchive_makesThem() {
    AtmosRun.Result result = whole().run("startup-cache");
    assertThat(result).isEqualTo(new AtmosRun.Result(0, "", "made them\n"));
  }

  /** An installation whose jars are not those of its index. */
  private record Mixed() implements Installation {
    @Override
    public String build() {
      return "";
    }

    @Override
    public Properties builtInPlugins() throws IOException {
      Properties index = ClassPath.installation().builtInPlugins();
      index.setProperty("atmos/class", "dev.atmos.cli.NotThere");
      return index;
    }

    @Override
    public boolean startupCacheInUse() {
      return false;
    }

    @Override
    public List<StartupCache> startupCaches() {
      return List.of();
    }

    @Override
    public void makeStartupCaches(CommandConsole console) {}

    @Override
    public String javaVersion() {
      return "25";
    }
  }

  @Test
  void builtInPlugin_thatIsNotThere_isADefectAndCostsOnlyItself() {
    AtmosRun atmos = AtmosRun.unix().keys().installed(new Mixed());
    atmos.run("version").failedSaying(70, "internal error (java.lang.IllegalStateException)");
    assertThat(atmos.token()).isEqualTo(AtmosRun.unix().keys().token());
  }
}
