package dev.atmos.cli.config;

import static dev.atmos.cli.config.Trees.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.Project.View;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.testkit.FakeReadOnlyFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrustReviewTest {

  private static TrustReview review(Project project) {
    return project
        .loader()
        .review(ConfigOptions.NONE, ClassPath.privateFiles(new FakeReadOnlyFiles()));
  }

  /** What the files ask for, in the manner of {@code 1 RUN key text}. */
  private static List<String> asks(List<TrustReview.Untrusted> files) {
    List<String> asks = new ArrayList<>();
    for (TrustReview.Untrusted file : files) {
      for (Ask ask : file.asks()) {
        asks.add(ask.position().line() + " " + ask.kind() + " " + ask.key() + " " + ask.text());
      }
    }
    return asks;
  }

  private static List<String> asks(String text) {
    Project project = Project.unix().file("atmos.yaml", text);
    List<String> asks = asks(review(project).present(Shapes.SECTIONS));
    assertThat(project.run).as("a review runs nothing").isEmpty();
    return asks;
  }

  @Test
  void file_withCommandsAnywhere_asksForEachOnce() {
    assertThat(
            asks(
                """
                a: &a !exec one
                b: [x, *a, {c: !exec "two\\nlines"}]
                "d e": {f: !exec three}
                g: !append [!exec four]
                h: !exec
                """))
        .containsExactly(
            "1 RUN a one",
            "2 RUN b[2].c two\nlines",
            "3 RUN \"d e\".f three",
            "4 RUN g[0] four",
            "5 RUN h ");
  }

  @Test
  void file_withTextsThatAreRun_asksForThemInAnyKind() {
    assertThat(
            asks(
                """
                auth:
                  login: [a, b]
                  identities:
                    one:
                      kind: user
                      mfa_command: ykman
                      password: hunter2canary
                      hooks: [c, ~, ""]
                      start_url: https://evil.example/start
                    two: {mfa_command: !env CMD, url: !git.url }
                    three: {kind: !env KIND, mfa_command: d}
                    four: {start_url: "https://corp.awsapps.com/start"}
                  other: {mfa_command: not here}
                mfa_command: nor here
                """))
        .containsExactly(
            "2 RUN auth.login[0] a",
            "2 RUN auth.login[1] b",
            "6 RUN auth.identities.one.mfa_command ykman",
            "8 RUN auth.identities.one.hooks[0] c",
            "9 SEND auth.identities.one.start_url https://evil.example/start",
            "10 RUN auth.identities.two.mfa_command !env CMD",
            "10 SEND auth.identities.two.url !git.url",
            "11 RUN auth.identities.three.mfa_command d");
  }

  @Test
  void file_withAVariableThatIsSent_showsItsNameAndNotItsValue() {
    Project project =
        Project.unix().file("atmos.yaml", "auth: {identities: {x: {start_url: !env SECRET}}}");
    project.environment.set("SECRET", CANARY);
    assertThat(asks(review(project).present(Shapes.SECTIONS)))
        .containsExactly("1 SEND auth.identities.x.start_url !env SECRET");
  }

  @Test
  void file_withAliasesOfAliases_isLookedAtOnce() {
    StringBuilder text = new StringBuilder("a0: &a0 [!exec x]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(asks(text.toString())).containsExactly("1 RUN a0[0] x");
    assertThat(asks("auth: &x {identities: *y}\n".replace("*y", "{a: !exec z}")))
        .containsExactly("1 RUN auth.identities.a z");
  }

  @Test
  void file_thatAsksForNothing_isNoMatter() {
    assertThat(asks("a: !env X\nb: !include x.txt\nauth: {identities: {x: {kind: user}}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void file_thatReadsOutsideOfItsProject_asksForThat(View view) {
    Project project =
        view.project()
            .file(".git/HEAD", "")
            .file("sub/in.yaml", "")
            .file("../other/out.txt", "x")
            .file("sub/atmos.yaml", "a: !include ../../other/out.txt\nb: !include in.yaml\n");
    project.files.cd("sub");
    List<TrustReview.Untrusted> files = review(project).present(Shapes.SECTIONS);
    assertThat(asks(files)).containsExactly("1 READ  " + project.path("../../other/out.txt"));
  }

  @Test
  void file_withImportsOutsideOfItsProject_asksForThem() {
    assertThat(
            asks(
                """
                import:
                  - in.yaml
                  - /project/conf/*.yaml
                  - /other/x.yaml
                  - ../*/x.yaml
                  - ~/x
                  - /oth*/x
                  - https://example.com/x.yaml
                """))
        .containsExactly(
            "4 READ import[2] /other/x.yaml",
            "5 READ import[3] ../*/x.yaml",
            "6 READ import[4] ~/x",
            "7 READ import[5] /oth*/x");
    assertThat(asks("import: /other/x.yaml")).containsExactly("1 READ import /other/x.yaml");
  }

  @Test
  void includedFile_thatAsksForSomething_isAFileOfItsOwn() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "auth: !include auth.yaml\nx: !exec a")
            .file("auth.yaml", "identities:\n  x: {mfa_command: !include cmd.txt, start_url: b}\n")
            .file("cmd.txt", "rm -rf\n");
    List<TrustReview.Untrusted> files = review(project).present(Shapes.SECTIONS);
    assertThat(asks(files))
        .containsExactly(
            "2 RUN x a",
            "2 SEND auth.identities.x.start_url b",
            "1 RUN auth.identities.x.mfa_command rm -rf");
    assertThat(files)
        .extracting(file -> file.path().toString())
        .containsExactly("/project/atmos.yaml", "/project/auth.yaml", "/project/cmd.txt");
    TrustReview review = review(project);
    assertThat(asks(review.of("cmd.txt", Shapes.SECTIONS)))
        .containsExactly("1 RUN auth.identities.x.mfa_command rm -rf");
    files.forEach(review::trust);
    assertThat(review(project).present(Shapes.SECTIONS)).isEmpty();
    project.file("cmd.txt", "rm -rf /\n");
    assertThat(asks(review(project).present(Shapes.SECTIONS)))
        .containsExactly("1 RUN auth.identities.x.mfa_command rm -rf /");
  }

  @Test
  void file_thatAsksForThousands_cantBeTrusted() {
    String text = "- !exec x\n".repeat(1001).replace("- ", "  - ");
    assertThatThrownBy(() -> asks("a:\n" + text))
        .hasMessage("/project/atmos.yaml asks for more than 1000 things, and can't be trusted");
  }

  @Test
  void configuration_thatIsBroken_saysSoUnlessThereIsSomethingToAsk() {
    Project project = Project.unix().file("atmos.yaml", "a: [");
    assertThatThrownBy(() -> review(project).present(Shapes.SECTIONS))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("/project/atmos.yaml:1:5: ");
    project.file("/home/dev/x/atmos.yaml", "b: !exec x");
    assertThat(asks(review(project).of("~/x", Shapes.SECTIONS))).containsExactly("1 RUN b x");
  }

  // What is remembered.

  private static TrustReview.Untrusted only(Project project) {
    List<TrustReview.Untrusted> files = review(project).present(Shapes.SECTIONS);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static boolean isTrusted(Project project) {
    return project
        .loader()
        .review(ConfigOptions.NONE, ClassPath.privateFiles(new FakeReadOnlyFiles()))
        .present(Shapes.SECTIONS)
        .isEmpty();
  }

  private static FileTrust.State state(Project project) {
    ConfigLoader loader = project.loader();
    ConfigFile file = loader.reads().find(project.files.path("atmos.yaml"));
    return loader.fileTrust().state(java.util.Objects.requireNonNull(file));
  }

  @ParameterizedTest
  @EnumSource
  void trustedFile_withOneByteChanged_isTrustedNoLonger(View view) {
    String text = "a: !exec x\n# comment\n";
    Project project = view.project().file("atmos.yaml", text);
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + "~" + text.substring(i + 1);
      assertThat(state(project.file("atmos.yaml", changed)))
          .as(changed)
          .isEqualTo(FileTrust.State.CHANGED);
    }
    for (String changed : List.of("", text + "\n", text.substring(1), "\ufeff" + text)) {
      assertThat(state(project.file("atmos.yaml", changed))).isEqualTo(FileTrust.State.CHANGED);
    }
    project.file("atmos.yaml", text);
    assertThat(isTrusted(project)).as("as it was").isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void trustedFile_copiedElsewhere_isNotTrustedThere(View view) {
    Project project = view.project().file("a/atmos.yaml", "a: !exec x");
    project.file("b/atmos.yaml", "a: !exec x").link("c/atmos.yaml", "a/atmos.yaml");
    project.files.cd("a");
    review(project).trust(only(project));
    project.files.cd("../b");
    assertThat(isTrusted(project)).as("a copy").isFalse();
    assertThat(only(project).wasTrusted()).isFalse();
    project.files.cd("../c");
    assertThat(isTrusted(project)).as("a link").isTrue();
  }

  @Test
  void file_changedWhileItIsShown_isRememberedAsItWasShown() {
    Project project = Project.unix().file("atmos.yaml", "a: !exec good");
    TrustReview.Untrusted shown = only(project);
    project.file("atmos.yaml", "a: !exec evil");
    review(project).trust(shown);
    assertThat(isTrusted(project)).isFalse();
    project.file("atmos.yaml", "a: !exec good");
    assertThat(isTrusted(project)).isTrue();
  }

  @Test
  void record_ofATrustedFile_holdsNothingOfItsText() {
    Project project = Project.unix().file("atmos.yaml", "a: !exec " + CANARY + "\nb: " + CANARY);
    review(project).trust(only(project));
    TrustStore store = new TrustStore(project.files, project.reader);
    java.nio.file.Path place = store.place("/project/atmos.yaml").orElseThrow();
    assertThat(place).exists();
    assertThat(place.toString()).startsWith("/home/dev/.local/share/atmos/trusted/");
    assertThat(place).content().doesNotContain(CANARY).contains("path /project/atmos.yaml\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: !exec x\\nc: !exec y\\nd: 1\\n# k | `` | `` | false | only the comment",
        "a: !exec z\\nc: !exec y\\nd: 1      | a  | `` | false | a command",
        "a: !exec z\\nd: 1\\nc: !exec y      | a  | `` | true  | the order as well",
        "a: !exec x\\nc: no\\nd: 1           | `` | c  | true  | a command is gone",
        "a: !exec x\\nc: !exec y\\nd: 2      | `` | `` | true  | something else"
      })
  void changedFile_againstWhatWasTrusted_saysWhatChanged(
      String text, String changed, String gone, boolean rest, String why) {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x\nc: !exec y\nd: 1\n");
    review(project).trust(only(project));
    project.file("atmos.yaml", text.replace("\\n", "\n"));
    TrustReview.Untrusted now = only(project);
    assertThat(now.asks().stream().filter(now::isChanged).map(Ask::key))
        .as(why)
        .isEqualTo(changed.isEmpty() ? List.of() : List.of(changed));
    assertThat(now.asks()).noneMatch(now::isNew);
    assertThat(now.gone()).isEqualTo(gone.isEmpty() ? List.of() : List.of(gone));
    assertThat(now.isRestChanged()).isEqualTo(rest);
  }

  @Test
  void changedFile_withOneMoreCommand_saysThatItIsNew() {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x\n");
    review(project).trust(only(project));
    project.file("atmos.yaml", "a: !exec x\nb: !exec x\n");
    TrustReview.Untrusted now = only(project);
    assertThat(now.asks().stream().filter(now::isNew).map(Ask::key)).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource
  void trustedFiles_inTheList_haveTheirStates(View view) throws Exception {
    Project project = view.project();
    for (String name : List.of("a", "b", "c")) {
      project.file(name + "/atmos.yaml", "a: !exec x");
      review(project).of(name, Shapes.SECTIONS).forEach(review(project)::trust);
    }
    project.file("b/atmos.yaml", "a: !exec y");
    java.nio.file.Files.delete(project.files.path("c/atmos.yaml"));
    project.file(
        (view == View.UNIX
                ? "/home/dev/.local/share/atmos"
                : "C:/Users/dev/AppData/Local/atmos/data")
            + "/trusted/notes.txt",
        "not ours");
    assertThat(review(project).all())
        .containsExactly(
            new TrustReview.Trusted(project.path("a/atmos.yaml"), TrustReview.State.UNCHANGED),
            new TrustReview.Trusted(project.path("b/atmos.yaml"), TrustReview.State.CHANGED),
            new TrustReview.Trusted(project.path("c/atmos.yaml"), TrustReview.State.GONE));
    assertThat(review(project).revoke("c")).containsExactly(project.path("c/atmos.yaml"));
    assertThat(review(project).revoke("nowhere")).isEmpty();
    assertThat(review(project).revoke(".")).hasSize(2);
    assertThat(review(project).all()).isEmpty();
  }

  @Test
  void revoke_withoutAPath_forgetsTheFilesOfTheConfiguration() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "a: !exec x\nb: !include b.yaml")
            .file("b.yaml", "c: !exec y")
            .file("z/atmos.yaml", "a: !exec x");
    TrustReview review = review(project);
    review.present(Shapes.SECTIONS).forEach(review::trust);
    review.of("z", Shapes.SECTIONS).forEach(review::trust);
    assertThat(review.revokePresent())
        .containsExactlyInAnyOrder("/project/atmos.yaml", "/project/b.yaml");
    assertThat(review.all()).hasSize(1);
  }
}
