package dev.atmos.cli.config.trust;

import static dev.atmos.cli.config.Trees.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.ConfigLoader;
import dev.atmos.cli.config.Project;
import dev.atmos.cli.config.Project.View;
import dev.atmos.cli.config.SampleSections;
import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.search.ConfigOptions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.TrustPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTrustTest {

  private static boolean isTrusted(Project project, ConfigOptions options) {
    ConfigLoader loader = project.loader();
    ConfigMap map = loader.load(options, Set.of("a"));
    return loader.trust().isTrusted(Project.positionOf(map, "a"));
  }

  private static boolean isTrusted(Project project) {
    return isTrusted(project, ConfigOptions.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "UNIX, /home/dev/.config/atmos/atmos.yaml",
    "UNIX, /home/dev/.atmos/atmos.yaml",
    "UNIX, /usr/local/etc/atmos/atmos.yaml",
    "WINDOWS, C:/Users/dev/AppData/Local/atmos/atmos.yaml",
    "WINDOWS, C:/Users/dev/.atmos/atmos.yaml"
  })
  void file_ofTheUserOrTheSystem_isTrusted(View view, String path) {
    assertThat(isTrusted(view.project().file(path, "a: 1"))).isTrue();
  }

  @Test
  void file_inWindowsProgramData_whereEverybodyMayMakeOne_isNotTrusted() {
    Project project = View.WINDOWS.project().file("C:/ProgramData/atmos/atmos.yaml", "a: 1");
    assertThat(isTrusted(project)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void file_ofAnybody_isNotTrusted(View view) {
    assertThat(isTrusted(view.project().file("atmos.yaml", "a: 1"))).isFalse();
  }

  @Test
  void file_besideTheUsersDirectory_isNotTrusted() {
    Project project = Project.unix().file("/home/dev/.config/atmos-x/atmos.yaml", "a: 1");
    project.files.cd("/home/dev/.config/atmos-x");
    assertThat(isTrusted(project)).isFalse();
  }

  @Test
  void file_thatTheUsersDirectoryLinksTo_isTrustedThere() {
    Project project =
        Project.unix()
            .file("/home/dev/dotfiles/atmos.yaml", "a: 1")
            .link("/home/dev/.config/atmos/atmos.yaml", "/home/dev/dotfiles/atmos.yaml");
    assertThat(isTrusted(project)).isTrue();
    project.files.cd("/home/dev/dotfiles");
    assertThat(isTrusted(project)).as("the user's own file says the same").isTrue();
  }

  @Test
  void usersDirectory_thatIsALink_isTrusted() {
    Project project =
        Project.unix()
            .file("/home/dev/dotfiles/atmos/atmos.yaml", "a: 1")
            .link("/home/dev/.config/atmos", "/home/dev/dotfiles/atmos");
    assertThat(isTrusted(project)).isTrue();
    project.files.cd("/home/dev/dotfiles/atmos");
    assertThat(isTrusted(project)).as("by its real path").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "UNIX, /project, true",
    "UNIX, /project/, true",
    "UNIX, /, true",
    "UNIX, /other:/project, true",
    "UNIX, ::/project::, true",
    "UNIX, ~/:/x, false",
    "UNIX, /proj, false",
    "UNIX, /project/atmos, false",
    "UNIX, project, false",
    "UNIX, ., false",
    "UNIX, '', false",
    "UNIX, ' ', false",
    "UNIX, /x/../project, true",
    "UNIX, /link, true",
    "WINDOWS, C:\\project, true",
    "WINDOWS, c:\\PROJECT, true",
    "WINDOWS, C:/project, true",
    "WINDOWS, D:\\x;C:\\project, true",
    "WINDOWS, \\project, false",
    "WINDOWS, project, false",
    "WINDOWS, '<>|', false"
  })
  void file_underATrustedPath_isTrusted(View view, String value, boolean trusted) {
    Project project = view.project().file("atmos.yaml", "a: 1");
    if (view == View.UNIX) {
      project.link("/link", "/project");
    }
    project.environment.set("ATMOS_TRUSTED_PATHS", value);
    assertThat(isTrusted(project)).isEqualTo(trusted);
  }

  @ParameterizedTest
  @EnumSource
  void trustedPath_inTheHomeDirectory_mayBeginWithATilde(View view) {
    Project project = view.project();
    project.files.cd(view == View.UNIX ? "/home/dev/src/x" : "C:/Users/dev/src/x");
    project.file("atmos.yaml", "a: 1");
    project.environment.set("ATMOS_TRUSTED_PATHS", "~/src");
    assertThat(isTrusted(project)).isTrue();
    project.environment.set("ATMOS_TRUSTED_PATHS", "~");
    assertThat(isTrusted(project)).isTrue();
    project.environment.set("ATMOS_TRUSTED_PATHS", "~/other");
    assertThat(isTrusted(project)).isFalse();
  }

  @Test
  void trustedPath_whoseFileIsALinkOutOfIt_isNotTrusted() {
    Project project =
        Project.unix().file("/other/x.yaml", "a: 1").link("atmos.yaml", "/other/x.yaml");
    project.environment.set("ATMOS_TRUSTED_PATHS", "/project");
    assertThat(isTrusted(project)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ATMOS_CONFIG", "ATMOS_CLI_CONFIG_PATH"})
  void variable_thatLeadsToAFile_grantsNothing(String variable) {
    Project project = Project.unix().file("atmos.yaml", "a: 1");
    project.environment.set(
        variable, variable.equals("ATMOS_CONFIG") ? "/project/atmos.yaml" : "/project");
    assertThat(isTrusted(project)).isFalse();
  }

  private static final String EVIL = "https://evil.example";

  @ParameterizedTest
  @EnumSource
  void refusal_isOneLineWithTheCommandToType(View view) {
    Project project = view.project().file("a b/atmos.yaml", "x: 1\na: 2");
    project.files.cd("a b");
    ConfigLoader loader = project.loader();
    Position position = Project.positionOf(loader.load(ConfigOptions.NONE, Set.of("a")), "a");
    TrustPolicy trust = loader.trust();
    String path = project.path("atmos.yaml");
    String quoted = view == View.UNIX ? "'" + path + "'" : "\"" + path + "\"";
    for (AtmosException e :
        List.of(
            failure(() -> trust.require(Effect.COMMAND, position, "ls")),
            failure(() -> trust.require(Effect.ENDPOINT, position, EVIL)))) {
      assertThat(e.sentence()).startsWith(path + ":2:4: this file is not trusted, and wants to ");
      assertThat(e.sentence().lines()).hasSize(1);
      assertThat(e.sentence()).doesNotContain("evil");
      assertThat(e.hint()).contains("read it, then run: atmos config trust " + quoted);
    }
    trust.require(Effect.ENDPOINT, position, "https://sts.amazonaws.com");
    project.trusting(".");
    project.loader().load(ConfigOptions.NONE, Set.of("a"));
  }

  @Test
  void trustedFile_mayRunAndSend() {
    Project project = Project.unix().file("atmos.yaml", "a: 2").trusting(".");
    ConfigLoader loader = project.loader();
    Position position = Project.positionOf(loader.load(ConfigOptions.NONE, Set.of("a")), "a");
    loader.trust().require(Effect.COMMAND, position, "ls");
    loader.trust().require(Effect.ENDPOINT, position, EVIL);
  }

  @Test
  void position_inNoFileOfTheConfiguration_isNotTrusted() {
    Project project = Project.unix().file("atmos.yaml", "a: 2").trusting("/");
    ConfigLoader loader = project.loader();
    assertThat(loader.load(ConfigOptions.NONE, Set.of("a")).isEmpty()).isFalse();
    Position position = new Position(new Source("elsewhere", "a: 2"), 1, 1);
    assertThat(loader.trust().isTrusted(position)).isFalse();
    AtmosException e = failure(() -> loader.trust().require(Effect.COMMAND, position, "ls"));
    assertThat(e.sentence())
        .isEqualTo("elsewhere:1:1: this file is not trusted, and wants to run a command");
  }

  @Test
  void changedFile_isRefusedWithThatReason() {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x");
    TrustReview review = project.review();
    review.present(SampleSections::find).forEach(review::trust);
    project.file("atmos.yaml", "a: !exec y");
    assertThat(failure(() -> project.text("a")).sentence())
        .isEqualTo(
            "/project/atmos.yaml:1:4: this file has changed since you trusted it, and wants to run"
                + " a command");
  }

  @Test
  void home_thatIsARepository_isNoProject() {
    Project project =
        Project.unix()
            .file("/home/dev/.git/HEAD", "")
            .file("/home/dev/.ssh/id", "key")
            .file("/home/dev/x/atmos.yaml", "a: !include ../.ssh/id\nb: !include y")
            .file("/home/dev/x/y", "z");
    project.files.cd("/home/dev/x");
    assertThat(project.text("b")).isEqualTo("z");
    assertThat(failure(() -> project.text("a")).sentence())
        .endsWith("wants to read outside of its project");
  }

  @ParameterizedTest
  @CsvSource({"aws/lookalike, true", "aws/user, false"})
  void field_ofAKindOfAPlugin_staysWhateverTheKindIsCalled(String builtIn, boolean taken) {
    Project project =
        Project.unix()
            .file(
                "/home/dev/.config/atmos/atmos.yaml",
                "auth: {identities: {a: {kind: aws/lookalike, guard: strict}}}")
            .file("atmos.yaml", "auth: {identities: {a: {kind: aws/lookalike}}}");
    ConfigLoader loader =
        new ConfigLoader(
            new TrustPorts(
                project.files,
                project.environment,
                project.reader,
                ClassPath.safePlaces(),
                builtIn::equals,
                null),
            project::run);
    ConfigMap a = at(loader.load(ConfigOptions.NONE, Set.of("auth")), "auth", "identities", "a");

    // Half of one identity with half of another would be a third one.
    if (taken) {
      assertThat(a.text("kind")).hasValue("aws/lookalike");
    } else {
      assertThat(failure(() -> a.text("kind")))
          .hasMessageContaining("wants to replace the definition");
    }
  }

  private static ConfigMap at(ConfigMap map, String... keys) {
    ConfigMap at = map;
    for (String key : keys) {
      at = at.map(key).orElseThrow();
    }
    return at;
  }
}
