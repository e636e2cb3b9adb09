package dev.atmos.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atmos.cli.config.Project.View;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoryTest {
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "89abcdef0123456789abcdef0123456789abcdef";
  private static final FakeReadOnlyFiles READER = new FakeReadOnlyFiles();

  private static GitRepository of(Path directory) throws IOException {
    return Objects.requireNonNull(GitRepository.of(directory, READER), "no repository");
  }

  private static GitRepository of(Project project) throws IOException {
    return of(project.files.workingDirectory());
  }

  /** Root, branch, commit and URL in one line; a dash for what isn't there. */
  private static String all(GitRepository git) throws IOException {
    return git.root().getFileName()
        + " "
        + git.reference().orElse("-")
        + " "
        + git.branch().orElse("-")
        + " "
        + git.commit().orElse("-")
        + " "
        + git.remote().map(GitUrl::url).orElse("-");
  }

  private static Arguments row(String files, String outcome) {
    return Arguments.of(files, outcome);
  }

  /** Files as {@code path = content}, separated by semicolons. */
  static Stream<Arguments> repositories() {
    return Stream.of(
        row(
            ".git/HEAD = ref: refs/heads/main; .git/refs/heads/main = " + SHA,
            "project refs/heads/main main " + SHA + " -"),
        row(
            ".git/HEAD = ref: refs/heads/main\r; .git/refs/heads/main = " + SHA + "\r",
            "project refs/heads/main main " + SHA + " -"),
        row(
            ".git/HEAD = ref:refs/heads/main; .git/packed-refs = # pack-refs with: peeled\n"
                + OTHER
                + " refs/heads/main2\n"
                + OTHER
                + " refs/remotes/refs/heads/main\n"
                + SHA
                + " refs/heads/main\n^"
                + OTHER,
            "project refs/heads/main main " + SHA + " -"),
        row(
            ".git/HEAD = ref: refs/heads/main; .git/refs/heads/main = "
                + SHA
                + "; .git/packed-refs = "
                + OTHER
                + " refs/heads/main",
            "project refs/heads/main main " + SHA + " -"),
        row(
            ".git/HEAD = ref: refs/heads/a; .git/refs/heads/a/b = "
                + OTHER
                + "; .git/packed-refs = "
                + SHA
                + " refs/heads/a\n",
            "project refs/heads/a a " + SHA + " -"),
        row(".git/HEAD = ref: refs/heads/unborn", "project refs/heads/unborn unborn - -"),
        row(".git/HEAD = " + SHA, "project - - " + SHA + " -"),
        row(
            ".git/HEAD = " + SHA + OTHER.substring(16),
            "project - - " + SHA + OTHER.substring(16) + " -"),
        row(
            ".git/HEAD = ref: refs/heads/link; .git/refs/heads/link = ref: refs/heads/main;"
                + " .git/refs/heads/main = "
                + SHA,
            "project refs/heads/link link " + SHA + " -"),
        row(
            ".git/HEAD = ref: refs/heads/a; .git/refs/heads/a = ref: refs/heads/a",
            "project refs/heads/a a - -"),
        row(
            ".git/HEAD = ref: refs/heads/a; .git/refs/heads/a = no hash",
            "project refs/heads/a a - -"),
        row(
            ".git/HEAD = ref: refs/remotes/origin/x; .git/refs/remotes/origin/x = " + SHA,
            "project refs/remotes/origin/x - " + SHA + " -"),
        row(
            ".git/HEAD = " + SHA + "; .git/config = [core]\n[remote \"up\"]\nurl = a/b\n",
            "project - - " + SHA + " a/b"),
        row(
            ".git/HEAD = "
                + SHA
                + "; .git/config = [remote \"x\"]\nurl = h:a/b\n[remote \"origin\"]\nurl = h:c/d\n",
            "project - - " + SHA + " h:c/d"),
        row(
            ".git/HEAD = "
                + SHA
                + "; .git/config = [remote \"x\"]\nurl = h:a/b\n[remote \"y\"]\nurl = h:c/d\n",
            "project - - " + SHA + " -"),
        row(
            ".git = gitdir: ../main/.git/worktrees/w; ../main/.git/worktrees/w/HEAD = ref:"
                + " refs/heads/w; ../main/.git/worktrees/w/commondir = ../..;"
                + " ../main/.git/HEAD = ref: refs/heads/main; ../main/.git/refs/heads/w = "
                + SHA
                + "; ../main/.git/config = [remote \"origin\"]\nurl = h:c/d\n",
            "project refs/heads/w w " + SHA + " h:c/d"),
        row(
            ".git = gitdir: .real; .real/HEAD = ref: refs/heads/m; .real/packed-refs = "
                + SHA
                + " refs/heads/m",
            "project refs/heads/m m " + SHA + " -"));
  }

  @ParameterizedTest
  @MethodSource("repositories")
  void repository_ofFiles_saysWhatTheySay(String files, String outcome) throws IOException {
    for (View view : View.values()) {
      Project project = view.project();
      for (String file : files.split("; ?", -1)) {
        int equals = file.indexOf(" = ");
        project.file(file.substring(0, equals).strip(), file.substring(equals + 3) + "\n");
      }
      assertThat(all(of(project))).isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @EnumSource
  void repository_ofADirectoryBelow_isTheNearestOne(View view) throws IOException {
    Project project =
        view.project().file(".git/HEAD", SHA).file("in/.git/HEAD", SHA).file("in/a/b/x", "");
    assertThat(of(project.files.path("in/a/b")).root()).isEqualTo(project.files.path("in"));
    assertThat(of(project.files.path("a/b")).root()).isEqualTo(project.files.workingDirectory());
    assertThat(GitRepository.of(project.files.path("../x").normalize(), READER)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".git/x           | .git has no HEAD",
        ".git/HEAD/x      | can't read /project/.git/HEAD: is a directory",
        ".git             | /project/.git is not one of git's"
      })
  void repository_thatIsBroken_saysWhatIs(String file, String problem) {
    Project project = Project.unix().file(file, "");
    assertThatThrownBy(() -> of(project).commit())
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(problem);
  }

  /** A repository is a stranger's, and may name any file as a branch. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ref: ../../secret",
        "ref: refs/../../secret",
        "ref: /secret",
        "ref: refs/heads/a b",
        "ref: refs\\heads\\x",
        "ref: refs/C:/x",
        "ref: refs/heads/.invalid",
        "ref:",
        "nothing",
        "",
        "0123456789ABCDEF0123456789abcdef01234567"
      })
  void head_thatIsNoReference_isNotFollowed(String head) {
    Project project = Project.unix().file(".git/HEAD", head).file("/secret", SHA);
    assertThatThrownBy(() -> of(project).commit())
        .isInstanceOf(IOException.class)
        .hasMessage("/project/.git/HEAD is not understood");
  }

  @Test
  void remote_thatIsUnusual_isNotShown() {
    Project project =
        Project.unix()
            .file(".git/config", "[remote \"origin\"]\nurl = https://u:hunter2canary/x@h/a\n");
    assertThatThrownBy(() -> of(project).remote())
        .hasMessage("the remote's address in /project/.git/config is unusual");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[remote \"o\"]\\n url = x            | {o=x}",
        "[remote \"o\"] url = x               | {o=x}",
        "[REMOTE \"O\"]\\nURL=x               | {O=x}",
        "[remote.Old]\\nurl=x                 | {old=x}",
        "[remote \"a\\\\\"b\"]\\nurl=x        | {a\"b=x}",
        "[remote \"o\"]\\nurl = a # c         | {o=a}",
        "[remote \"o\"]\\nurl = a;c           | {o=a}",
        "[remote \"o\"]\\nurl = \"a # c\" d   | {o=a # c d}",
        "[remote \"o\"]\\nurl = \" a \"       | {o= a }",
        "[remote \"o\"]\\nurl = a\\\\\\nb     | {o=ab}",
        "[remote \"o\"]\\nurl = a\\\\\\\\b    | {o=a\\b}",
        "[remote \"o\"]\\nurl = a\\r\\n       | {o=a}",
        "[remote \"o\"]\\nurl = a\\nurl = b   | {o=a}",
        "[remote \"o\"]\\n# url = a\\nurl = b | {o=b}",
        "[remote \"o\"]\\npushurl = b         | {}",
        "[remote \"o\"]\\nurl                 | {}",
        "[remote]\\nurl = a                   | {}",
        "[branch \"o\"]\\nurl = a             | {}",
        "[remote \"o\"\\n[remote \"p\"]\\nurl = a | {p=a}",
        "url = a                              | {}",
        "[                                    | {}",
        "[remote \"                           | {}",
        "[remote \"o\"]\\nurl = \"             | {o=}"
      })
  void configuration_ofGit_isReadByItsOwnRules(String text, String remotes) {
    String content = text.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\\r", "\r");
    assertThat(GitConfigFile.remotes(content.replace('\u0000', '\\')))
        .hasToString(remotes.replace("\\b", "\\b"));
  }

  // What git itself makes.

  private static String git(Path directory, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "dev");
      builder.environment().put("GIT_" + who + "_EMAIL", "dev@example.com");
    }
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      assertThat(process.waitFor()).as(output).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }

  private static void isAsGitSays(Path directory) throws IOException {
    GitRepository git = of(directory);
    assertThat(git.root().toRealPath())
        .isEqualTo(Path.of(git(directory, "rev-parse", "--show-toplevel")).toRealPath());
    assertThat(git.commit()).contains(git(directory, "rev-parse", "HEAD"));
    String branch = git(directory, "rev-parse", "--abbrev-ref", "HEAD");
    assertThat(git.branch().orElse("HEAD")).isEqualTo(branch);
  }

  @Test
  void repository_madeByGit_isReadAsGitReadsIt(@TempDir Path place) throws IOException {
    assumeTrue(
        Stream.of(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "git"))),
        "there is no git here");
    Path main = Files.createDirectory(place.resolve("main"));
    git(main, "init", "-q", "-b", "trunk");
    assertThat(of(main).branch()).contains("trunk");
    assertThat(of(main).commit()).isEmpty();
    git(main, "commit", "-q", "--allow-empty", "-m", "one");
    isAsGitSays(main);
    Path below = Files.createDirectories(main.resolve("a/b"));
    isAsGitSays(below);
    git(main, "remote", "add", "origin", "https://x:y@example.com/acme/infra.git");
    assertThat(of(main).remote().map(GitUrl::url)).contains("https://example.com/acme/infra.git");

    Path worktree = place.resolve("tree");
    git(main, "worktree", "add", "-q", "-b", "side/line", worktree.toString());
    isAsGitSays(worktree);
    git(worktree, "commit", "-q", "--allow-empty", "-m", "two");
    isAsGitSays(worktree);
    assertThat(of(worktree).remote().map(GitUrl::name)).contains("infra");

    git(main, "pack-refs", "--all");
    isAsGitSays(main);
    isAsGitSays(worktree);
    git(main, "checkout", "-q", "--detach");
    isAsGitSays(main);

    Path outer = Files.createDirectory(place.resolve("outer"));
    git(outer, "init", "-q");
    git(outer, "submodule", "--quiet", "add", main.toString(), "mod");
    isAsGitSays(outer.resolve("mod"));
    assertThat(of(outer.resolve("mod")).remote().map(GitUrl::name)).contains("main");
  }
}
