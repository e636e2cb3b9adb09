package dev.atmos.cli.config.search;

import static dev.atmos.cli.config.FakeFileInspector.USER;
import static dev.atmos.cli.config.Trees.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.config.Project;
import dev.atmos.cli.config.SampleSections;
import dev.atmos.cli.config.Trees;
import dev.atmos.cli.config.approval.TrustReview;
import dev.atmos.cli.config.approval.UntrustedFile;
import dev.atmos.plugin.base.AtmosException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others have put where a search comes along: of other users, pipes, and links. */
class ForeignFilesTest {
  private static final int STRANGER = 1001;

  private static List<String> steps(Project project) {
    return project.loader().explain(ConfigOptions.NONE).steps().stream()
        .filter(step -> step.outcome() == SearchStep.Outcome.SKIPPED)
        .map(step -> step.path() + ": " + step.detail())
        .toList();
  }

  private static boolean takesPart(Project project) {
    return project.load().keys().contains("a");
  }

  // ---- owners

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1000, '', true",
    "1000, 0, 1000, '', true",
    "1000, 1000, 1000, '', true",
    "1001, 0, 1000, '', false",
    "1001, 1001, 1000, '', false",
    "1001, 0, 0, '', false",
    "1001, 1001, 1001, '', true",
    "1000, 1001, 1000, '', false",
    "0, 1001, 1000, '', false",
    "1001, 0, 1000, /srv/x, true",
    "1001, 0, 1000, /srv/x/atmos.yaml, true",
    "1001, 0, 1000, /srv/other, false",
  })
  void fileAbove_ofTheUserRootOrTheOwnerOfTheWorkingDirectory_takesPart(
      int owner, int ofDirectory, int ofWorkingDirectory, String trusted, boolean takesPart) {
    Project project = Project.unix().file("/srv/x/atmos.yaml", "a: 1").file("/srv/x/y/z", "");
    project.files.cd("/srv/x/y");
    project.environment.set("ATMOS_TRUSTED_PATHS", trusted);
    project.reader.own(project.files.path("/srv/x/atmos.yaml"), owner);
    project.reader.own(project.files.path("/srv/x"), ofDirectory);
    project.reader.own(project.files.path("/srv/x/y"), ofWorkingDirectory);
    assertThat(takesPart(project)).isEqualTo(takesPart);
    assertThat(steps(project))
        .isEqualTo(
            takesPart
                ? List.of()
                : List.of(
                    "/srv/x/atmos.yaml: "
                        + (owner == STRANGER ? "it" : "its directory")
                        + " belongs to another user (uid 1001); to use it, add it to"
                        + " ATMOS_TRUSTED_PATHS"));
  }

  @Test
  void fileAbove_ofAnotherUser_doesNotHideTheOneAboveIt() {
    Project project =
        Project.unix()
            .file("/srv/atmos.yaml", "a: 1")
            .file("/srv/x/atmos.yaml", "b: 1")
            .file("/srv/x/y/z", "");
    project.files.cd("/srv/x/y");
    project.reader.own(project.files.path("/srv/x/atmos.yaml"), STRANGER);
    assertThat(project.load().keys()).containsExactly("a");
  }

  @Test
  void temporaryDirectory_withFilesOfAnotherUser_hasNoConfiguration() {
    Project project =
        Project.unix()
            .file("/tmp/atmos.yaml", "a: 1")
            .file("/tmp/.atmos.d/x.yaml", "a: 1")
            .file("/tmp/atmos.d/x.yaml", "a: 1")
            .file("/tmp/.git/HEAD", "");
    for (String name : List.of("atmos.yaml", ".atmos.d", "atmos.d", ".git")) {
      project.reader.own(project.files.path("/tmp/" + name), STRANGER);
    }
    project.files.cd("/tmp");
    assertThat(project.load().keys()).isEmpty();
    assertThat(steps(project)).hasSize(4);
    project.file("/tmp/w/z", "").files.cd("/tmp/w");
    project.reader.own(project.files.path("/tmp/w"), USER);
    assertThat(project.load().keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/profiles/ci", "/tmp/.atmos/profiles/ci"})
  void profile_ofAnotherUser_takesNoPart(String directory) {
    Project project =
        Project.unix()
            .file("/tmp/atmos.yaml", "a: 1")
            .file(directory + "/x.yaml", "a: evil")
            .file("/home/dev/.config/atmos/profiles/ci/x.yaml", "a: 2");
    project.environment.set("ATMOS_PROFILE", "ci");
    project.files.cd("/tmp");
    project.reader.own(project.files.path(directory), STRANGER);
    assertThat(project.load().text("a")).hasValue("2");
  }

  @Test
  void repository_ofAnotherUser_isNoProject() {
    Project project =
        Project.unix()
            .file("/tmp/.git/HEAD", "")
            .file("/tmp/other", "x")
            .file("/tmp/w/atmos.yaml", "a: !include ../other");
    project.files.cd("/tmp/w");
    assertThat(project.text("a")).isEqualTo("x");
    project.reader.own(project.files.path("/tmp/w"), USER);
    project.reader.own(project.files.path("/tmp/.git"), STRANGER);
    assertThat(failure(() -> project.text("a")).sentence())
        .endsWith("wants to read outside of its project");
  }

  @Test
  void usersFile_inTheProjectOfAnotherUser_isNoPartOfIt() {
    Project project =
        Project.unix()
            .file("/shared/.git/HEAD", "")
            .file("/shared/mine/x", "1")
            .file("/shared/theirs/x", "2")
            .file("/shared/w/atmos.yaml", "a: !include ../mine/x\nb: !include ../theirs/x");
    project.files.cd("/shared/w");
    for (String path :
        List.of("/shared/.git", "/shared/w", "/shared/w/atmos.yaml", "/shared/theirs/x")) {
      project.reader.own(project.files.path(path), STRANGER);
    }
    project.reader.own(project.files.path("/shared/mine/x"), USER);
    assertThat(project.text("b")).isEqualTo("2");
    assertThat(failure(() -> project.text("a")).sentence())
        .endsWith("wants to read outside of its project");
  }

  // ---- what isn't a regular file

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/project/atmos.yaml",
        "/project/.atmos.yml",
        "/atmos.yaml",
        "/project/atmos.d/x.yaml",
        "/home/dev/.config/atmos/atmos.yaml"
      })
  void pipe_whereAFileIsLookedFor_isPassedOver(String path) {
    Project project = Project.unix().file(path, "a: 1").file("/project/.git/HEAD", "");
    assertThat(takesPart(project)).isTrue();
    project.reader.special(project.files.path(path));
    assertThat(takesPart(project)).isFalse();
  }

  @Test
  void directory_whereAFileIsLookedFor_isPassedOver() {
    Project project =
        Project.unix()
            .file("atmos.yaml/z", "")
            .file("atmos.yml", "a: 1")
            .file("atmos.d/x.yaml/z", "");
    assertThat(takesPart(project)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"import: [x.yaml]", "import: [x]", "a: !include x.yaml"})
  void pipe_thatAFileNames_isAnErrorThere(String text) {
    Project project = Project.unix().file("atmos.yaml", text).file("x.yaml", "b: 1");
    project.reader.special(project.files.path("x.yaml"));
    assertThat(Trees.problem(failure(() -> project.text("a"))))
        .startsWith("/project/atmos.yaml:1:")
        .endsWith("can't read /project/x.yaml: isn't a plain file");
  }

  @Test
  void pipe_inAnImportedDirectory_isPassedOver() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "import: [d, 'e/*']")
            .file("d/x.yaml", "a: 1")
            .file("d/y.yaml", "a: 2")
            .file("e/y.yaml", "a: 3");
    project.reader.special(project.files.path("d/y.yaml"));
    project.reader.special(project.files.path("e/y.yaml"));
    assertThat(project.text("a")).isEqualTo("1");
  }

  // ---- links

  @ParameterizedTest
  @CsvSource({
    "atmos.yaml, /outside/x.yaml, ''",
    "atmos.d/x.yaml, /outside/x.yaml, ''",
    ".atmos.d, /outside, ''",
    "atmos.d/sub, /outside, ''",
    "profiles/p, /outside, p",
    "profiles, /outside, sub",
    ".atmos/profiles/p/x.yaml, /outside/x.yaml, p",
  })
  void link_outOfTheProject_isRefusedUntilItsFileIsTrusted(
      String link, String target, String profile) {
    Project project =
        Project.unix()
            .file("/project/.git/HEAD", "")
            .file("/outside/x.yaml", "a: 1")
            .file("/outside/sub/x.yaml", "a: 1")
            .link("/project/" + link, target);
    if (!profile.isEmpty()) {
      project.environment.set("ATMOS_PROFILE", profile);
    }
    AtmosException refusal = failure(project::load);
    assertThat(refusal.sentence())
        .startsWith("/project/")
        .contains(
            ": this file is not trusted, and wants to read outside of its project, by a link to"
                + " /outside/");
    String named = refusal.sentence().substring(0, refusal.sentence().indexOf(':'));
    assertThat(refusal.hint()).contains("read it, then run: atmos config trust " + named);
    TrustReview review = project.review();
    for (UntrustedFile file : review.present(SampleSections::find)) {
      review.trust(file);
    }
    assertThat(takesPart(project)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "atmos.yaml, /repo/shared/x.yaml, ''",
    "atmos.d, /repo/shared, ''",
    "atmos.d/y.yaml, /repo/shared/x.yaml, ''",
    "profiles/p, /repo/shared, p"
  })
  void link_insideTheRepository_isFollowed(String link, String target, String profile) {
    Project project =
        Project.unix().file("/repo/.git/HEAD", "").file("/repo/shared/x.yaml", "a: 1");
    project.file("/repo/app/.atmos.yml", "b: 1").files.cd("/repo/app");
    project.link("/repo/app/" + link, target);
    if (!profile.isEmpty()) {
      project.environment.set("ATMOS_PROFILE", profile);
    }
    assertThat(takesPart(project)).isTrue();
  }

  @Test
  void link_ofAMountedVolume_isFollowed() {
    Project project =
        Project.unix()
            .file("/etc/app/..2026/atmos.yaml", "a: 1")
            .link("/etc/app/..data", "/etc/app/..2026")
            .link("/etc/app/atmos.yaml", "/etc/app/..data/atmos.yaml");
    project.files.cd("/etc/app");
    assertThat(takesPart(project)).isTrue();
  }

  @Test
  void link_ofTheUsersOwnConfiguration_isFollowed() {
    Project project =
        Project.unix()
            .file("/home/dev/dotfiles/x.yaml", "a: 1")
            .link("/home/dev/.config/atmos/atmos.d", "/home/dev/dotfiles")
            .file("/home/dev/.config/atmos/atmos.yaml", "b: 1");
    assertThat(takesPart(project)).isTrue();
  }

  // ---- projects

  @ParameterizedTest
  @CsvSource({
    "/app/.git/HEAD, true",
    "/app/.jj/x, true",
    "/app/.hg/x, true",
    "/app/atmos.yaml, true",
    "/app/README, false"
  })
  void project_isTheRepositoryOrTheTopmostConfiguration(String marker, boolean reads) {
    Project project =
        Project.unix()
            .file(marker, "")
            .file("/app/shared/x", "1")
            .file("/app/sub/atmos.yaml", "a: !include ../shared/x");
    project.files.cd("/app/sub");
    if (reads) {
      assertThat(project.text("a")).isEqualTo("1");
    } else {
      assertThat(failure(() -> project.text("a")).sentence())
          .endsWith("wants to read outside of its project");
    }
  }

  @Test
  void project_ofAConfigurationOfAnotherOwner_endsBelowIt() {
    Project project =
        Project.unix()
            .file("/app/atmos.yaml", "")
            .file("/app/shared/x", "1")
            .file("/app/sub/atmos.yaml", "a: !include ../shared/x");
    project.files.cd("/app/sub");
    project.reader.own(project.files.path("/app/sub/atmos.yaml"), USER);
    assertThat(failure(() -> project.text("a")).sentence())
        .endsWith("wants to read outside of its project");
    project.reader.own(project.files.path("/app/atmos.yaml"), USER);
    assertThat(project.text("a")).isEqualTo("1");
  }

  // ---- races

  /** Exchanges two paths. */
  private static void exchange(Path one, Path other) {
    try {
      Path aside = one.resolveSibling("aside");
      Files.move(one, aside);
      Files.move(other, one);
      Files.move(aside, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a look of the program finds changes right before it, and before each later one or not. */
  private static void race(Project project, String one, String other, boolean often, Runnable run) {
    int[] looks = {0};
    project.reader.meanwhile(() -> looks[0]++);
    run.run();
    int all = looks[0];
    assertThat(all).isPositive();
    for (int at = 0; at < 2 * all; at++) {
      int first = at;
      looks[0] = 0;
      project.reader.meanwhile(() -> {
        if (looks[0] == first || (often && looks[0] > first)) {
          exchange(project.files.path(one), project.files.path(other));
        }
        looks[0]++;
      });
      run.run();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void file_exchangedForALinkToATrustedOne_neverRunsItsCommand(boolean often) {
    Project project =
        Project.unix()
            .command("evil", 0, "evil")
            .file("/home/dev/.config/atmos/atmos.yaml", "a: good")
            .file("/project/atmos.yaml", "a: !exec evil")
            .link("/project/other", "/home/dev/.config/atmos/atmos.yaml");
    race(
        project,
        "/project/atmos.yaml",
        "/project/other",
        often,
        () -> {
          try {
            assertThat(project.text("a")).isEqualTo("good");
          } catch (AtmosException e) {
            assertThat(e.exitCode().code()).isEqualTo(2);
          }
        });
    assertThat(project.run).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "import: [part], part.yaml, /outside/x.yaml, true",
    "import: [part], part.yaml, /outside/x.yaml, false",
    "import: [d/x], d, /outside, true",
    "import: ['d/*'], d, /outside, false",
    "a: !include d/x.yaml, d, /outside, true",
    "b: 1, atmos.d, /outside, true",
    "b: 1, atmos.d, /outside, false",
  })
  void import_exchangedForALinkOutOfTheProject_neverMergesIt(
      String text, String exchanged, String target, boolean often) {
    Project project =
        Project.unix()
            .file("/outside/x.yaml", "a: {outside: 1}")
            .file("/project/atmos.yaml", text)
            .link("/project/other", target);
    project.file(exchanged.contains(".y") ? exchanged : exchanged + "/x.yaml", "a: {inside: 1}");
    race(
        project,
        exchanged,
        "other",
        often,
        () -> {
          try {
            assertThat(Trees.write(project.load())).doesNotContain("outside");
          } catch (AtmosException e) {
            assertThat(e.exitCode().code()).isEqualTo(2);
          }
        });
  }
}
