package dev.atmos.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.testkit.FakeEnvironment;
import dev.atmos.plugin.testkit.FakeFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directories of a Unix system, and those of Windows. */
final class StandardDirectoriesTest {
  private static final String USER = "/home/dev";

  private final FakeFiles files = FakeFiles.unix();
  private final FakeEnvironment environment = new FakeEnvironment();
  private final StandardDirectories directories = of(USER);

  private StandardDirectories of(String userHome) {
    return new StandardDirectories(environment, files.fileSystem(), "/project", userHome);
  }

  private void set(String name, @Nullable String value) {
    if (value != null) {
      environment.set(name, value);
    }
  }

  private Optional<Path> path(@Nullable String text) {
    return Optional.ofNullable(text).map(files::path);
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
    assertThat(directories.config()).hasValue(files.path("/a/atmos"));
    assertThat(directories.data()).hasValue(files.path("/x/atmos"));
    assertThat(directories.home()).hasValue(files.path("/h"));
  }

  @Test
  void home_thatIsNotSet_isWhatTheUserDatabaseSays() {
    assertThat(directories.home()).hasValue(files.path(USER));
    environment.set("HOME", "");
    assertThat(directories.home()).hasValue(files.path(USER));
    assertThat(directories.config()).hasValue(files.path(USER + "/.config/atmos"));
    assertThat(of("?").home()).as("which knows nobody").isEmpty();
    assertThat(of("?").config()).isEmpty();
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
    assertThat(directories.config()).hasValue(files.path("/h/.config/atmos"));
    assertThat(directories.system()).hasValue(files.path("/usr/local/etc/atmos"));
  }

  @ParameterizedTest
  @CsvSource({
    // ATMOS_XDG_*_HOME, XDG_*_HOME, LOCALAPPDATA, all of the user's
    ", , C:\\L, C:\\L\\atmos",
    ", C:\\x, C:\\L, C:\\x\\atmos",
    "C:/a, C:\\x, C:\\L, C:\\a\\atmos",
    "a, \\x, C:\\L, C:\\L\\atmos",
    "'', '', '', ",
    "'C:\\|', 'C:\\?', L, ",
  })
  void directories_ofWindows_areTheLocalOnes(
      @Nullable String atmosXdg,
      @Nullable String xdg,
      @Nullable String local,
      @Nullable String expected) {
    FakeFiles windows = FakeFiles.windows();
    for (String kind : List.of("CONFIG", "DATA", "CACHE", "STATE")) {
      set("ATMOS_XDG_" + kind + "_HOME", atmosXdg);
      set("XDG_" + kind + "_HOME", xdg);
    }
    set("LOCALAPPDATA", local);
    StandardDirectories ofWindows =
        new StandardDirectories(environment, windows.fileSystem(), "C:\\project", "C:\\Users\\dev");
    Path home = windows.path("C:/Users/dev");
    assertThat(List.of(ofWindows.config(), ofWindows.data(), ofWindows.cache(), ofWindows.state()))
        .extracting(Optional::orElseThrow)
        .containsExactlyElementsOf(
            expected == null
                ? List.of(
                    home.resolve(".config/atmos"),
                    home.resolve(".local/share/atmos"),
                    home.resolve(".cache/atmos"),
                    home.resolve(".local/state/atmos"))
                : Collections.nCopies(4, windows.path(expected)));
  }

  @ParameterizedTest
  @CsvSource({
    // ProgramData, the system's
    "C:\\ProgramData, C:\\ProgramData\\atmos",
    "D:\\p, D:\\p\\atmos",
    "ProgramData, ",
    "\\ProgramData, ",
    ", "
  })
  void system_ofWindows_isBelowProgramData(@Nullable String data, @Nullable String system) {
    FakeFiles windows = FakeFiles.windows();
    set("ProgramData", data);
    // As of a shell that was made for Unix.
    set("HOME", "/c/Users/other");
    StandardDirectories ofWindows =
        new StandardDirectories(environment, windows.fileSystem(), "C:\\project", "C:\\Users\\dev");
    assertThat(ofWindows.system()).isEqualTo(Optional.ofNullable(system).map(windows::path));
    assertThat(ofWindows.home()).hasValue(windows.path("C:/Users/dev"));
    assertThat(ofWindows.workingDirectory()).isEqualTo(windows.workingDirectory());
  }

  @Test
  void workingDirectory_ofTheProcess_isAbsolute() {
    assertThat(directories.workingDirectory()).isEqualTo(files.workingDirectory());
    assertThat(new StandardDirectories(environment).workingDirectory()).isAbsolute().exists();
  }
}
