package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.plugin.testkit.FakeEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directories of a Unix system. */
final class StandardDirectoriesTest {
  private final FakeEnvironment environment = new FakeEnvironment();
  private final StandardDirectories directories = new StandardDirectories(environment);

  @BeforeEach
  void onUnix() {
    assumeTrue(File.separatorChar == '/', "these are the directories of a Unix system");
  }

  private void set(String name, @Nullable String value) {
    if (value != null) {
      environment.set(name, value);
    }
  }

  private static Optional<Path> path(@Nullable String text) {
    return Optional.ofNullable(text).map(Path::of);
  }

  @ParameterizedTest
  @CsvSource({
    // HOME, ATMOS_XDG_*_HOME, XDG_*_HOME, config, data
    "/h, , , /h/.config/atmos, /h/.local/share/atmos",
    "/h, , /x, /x/atmos, /x/atmos",
    "/h, /a, /x, /a/atmos, /a/atmos",
    "/h, /a, , /a/atmos, /a/atmos",
    "/h, a, /x, /x/atmos, /x/atmos",
    "/h, a, x, /h/.config/atmos, /h/.local/share/atmos",
    "/h, '', '', /h/.config/atmos, /h/.local/share/atmos",
    "relative, , , , ",
    "relative, , /x, /x/atmos, /x/atmos",
    "/nonexistent, , , /nonexistent/.config/atmos, /nonexistent/.local/share/atmos",
    "/with blank/\u00e9, , , /with blank/\u00e9/.config/atmos, /with"
        + " blank/\u00e9/.local/share/atmos",
  })
  void directories_bySomeVariables_areWhereTheSpecificationSays(
      String home,
      @Nullable String atmosXdg,
      @Nullable String xdg,
      @Nullable String config,
      @Nullable String data) {
    set("HOME", home);
    set("ATMOS_XDG_CONFIG_HOME", atmosXdg);
    set("ATMOS_XDG_DATA_HOME", atmosXdg);
    set("XDG_CONFIG_HOME", xdg);
    set("XDG_DATA_HOME", xdg);
    assertThat(directories.config()).isEqualTo(path(config));
    assertThat(directories.data()).isEqualTo(path(data));
  }

  @Test
  void directories_ofOneKind_areNotChangedByVariablesOfAnother() {
    environment.set("HOME", "/h").set("XDG_DATA_HOME", "/x").set("ATMOS_XDG_CONFIG_HOME", "/a");
    assertThat(directories.config()).hasValue(Path.of("/a/atmos"));
    assertThat(directories.data()).hasValue(Path.of("/x/atmos"));
    assertThat(directories.home()).hasValue(Path.of("/h"));
  }

  @Test
  void home_thatIsNotSet_isWhatTheUserDatabaseSays() {
    Path users = Path.of(System.getProperty("user.home"));
    Optional<Path> expected = users.isAbsolute() ? Optional.of(users) : Optional.empty();
    assertThat(directories.home()).isEqualTo(expected);
    environment.set("HOME", "");
    assertThat(directories.home()).isEqualTo(expected);
  }

  @Test
  void home_thatIsNoPath_isNone() {
    environment.set("HOME", "/h\u0000").set("XDG_DATA_HOME", "/x\u0000");
    assertThat(directories.home()).isEmpty();
    assertThat(directories.data()).isEmpty();
  }

  @Test
  void windowsVariables_onUnix_changeNothing() {
    environment.set("HOME", "/h").set("LOCALAPPDATA", "/l").set("ProgramData", "/p");
    assertThat(directories.config()).hasValue(Path.of("/h/.config/atmos"));
    assertThat(directories.system()).hasValue(Path.of("/usr/local/etc/atmos"));
  }

  @Test
  void workingDirectory_ofTheProcess_isAbsolute() {
    assertThat(directories.workingDirectory()).isAbsolute().exists();
  }
}
