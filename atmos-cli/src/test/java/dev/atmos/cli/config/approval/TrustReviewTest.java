package dev.atmos.cli.config.approval;

import static dev.atmos.cli.config.Trees.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.Project;
import dev.atmos.cli.config.Project.View;
import dev.atmos.cli.config.SampleSections;
import dev.atmos.cli.config.trust.TrustStore;
import dev.atmos.plugin.base.AtmosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustReviewTest {

  private static TrustReview review(Project project) {
    return project.review();
  }

  /** What the files ask for, in the manner of {@code 1 COMMAND key text}. */
  private static List<String> asks(List<UntrustedFile> files) {
    List<String> asks = new ArrayList<>();
    for (UntrustedFile file : files) {
      for (UntrustedFile.Value value : file.pending()) {
        asks.add(
            value.request().position().line()
                + (value.declared() ? " " : " undeclared ")
                + value.effect()
                + " "
                + value.request().keys().getFirst()
                + " "
                + value.text());
      }
    }
    return asks;
  }

  private static List<String> asks(String text) {
    Project project = Project.unix().file("atmos.yaml", text);
    List<String> asks = asks(review(project).present(SampleSections::find));
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
            "1 COMMAND a one",
            "2 COMMAND b[2].c two\nlines",
            "3 COMMAND \"d e\".f three",
            "4 COMMAND g[0] four",
            "5 COMMAND h ");
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
                    two: {mfa_command: !env CMD, url: !cwd }
                    three: {kind: !env KIND, mfa_command: d}
                    four: {start_url: "https://corp.awsapps.com/start"}
                  other: {mfa_command: not here}
                mfa_command: nor here
                """))
        .containsExactly(
            "2 COMMAND auth.login[0] a",
            "2 COMMAND auth.login[1] b",
            "6 COMMAND auth.identities.one.mfa_command ykman",
            "8 COMMAND auth.identities.one.hooks[0] c",
            "10 COMMAND auth.identities.two.mfa_command !env CMD",
            "10 ENDPOINT auth.identities.two.url !cwd",
            "11 COMMAND auth.identities.three.mfa_command d");
  }

  @Test
  void fieldsOfAKind_thatItsPluginDoesNotDeclare_countAsCommands() {
    assertThat(
            asks(
                """
                auth:
                  identities:
                    one:
                      kind: acme/open
                      address: https://vault.example
                      spec: {role: ops, more: no matter}
                      helpers: [a, {b: !env C}]
                    two: {kind: user, other: closed}
                    three: {kind: nobody/supplies, command: x, url: "https://evil.example"}
                    four: {sent: anywhere, mfa_command: m}
                """))
        .containsExactly(
            "5 undeclared COMMAND auth.identities.one.address https://vault.example",
            "7 undeclared COMMAND auth.identities.one.helpers[0] a",
            "7 undeclared COMMAND auth.identities.one.helpers[1].b !env C",
            "10 undeclared COMMAND auth.identities.four.sent anywhere",
            "10 COMMAND auth.identities.four.mfa_command m");
  }

  @Test
  void file_withAVariableThatIsSent_showsItsNameAndNotItsValue() {
    Project project =
        Project.unix().file("atmos.yaml", "auth: {identities: {x: {start_url: !env SECRET}}}");
    project.environment.set("SECRET", CANARY);
    assertThat(asks(review(project).present(SampleSections::find)))
        .containsExactly("1 ENDPOINT auth.identities.x.start_url !env SECRET");
  }

  @Test
  void file_withAliasesOfAliases_cantBeTrusted() {
    StringBuilder text = new StringBuilder("a0: &a0 [!exec x]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> asks(text.toString()))
        .hasMessage(
            "/project/atmos.yaml:1:10: aliases bring this to too many places to be trusted");
    assertThat(asks("auth: &x {identities: *y}\n".replace("*y", "{a: !exec z}")))
        .containsExactly("1 COMMAND auth.identities.a z");
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
    List<UntrustedFile> files = review(project).present(SampleSections::find);
    assertThat(asks(files)).containsExactly("1 READS a " + project.path("../../other/out.txt"));
    files.forEach(review(project)::trust);
    assertThat(project.text("a")).isEqualTo("x");
    project.file("../../other/out.txt", "y");
    assertThat(project.text("a")).as("what was approved is the path").isEqualTo("y");
  }

  @Test
  void imports_ofAnIncludedList_areNotRead() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "import: !include list.yaml")
            .file("list.yaml", "- /other/x.yaml\n")
            .file("/other/x.yaml", "a: '1'\n");
    String refusal =
        "/project/atmos.yaml:1:9: this file is not trusted, and can't include what chooses files";
    assertThatThrownBy(() -> project.text("a")).hasMessage(refusal);
    assertThatThrownBy(() -> review(project).present(SampleSections::find)).hasMessage(refusal);
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
            "4 READS import[2] /other/x.yaml",
            "5 READS import[3] ../*/x.yaml",
            "6 READS import[4] ~/x",
            "7 READS import[5] /oth*/x");
    assertThat(asks("import: /other/x.yaml")).containsExactly("1 READS import /other/x.yaml");
  }

  @Test
  void includedFile_thatAsksForSomething_isAFileOfItsOwn() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "auth: !include auth.yaml\nx: !exec a")
            .file("auth.yaml", "identities:\n  x: {mfa_command: !include cmd.txt, start_url: b}\n")
            .file("cmd.txt", "rm -rf\n");
    List<UntrustedFile> files = review(project).present(SampleSections::find);
    assertThat(asks(files))
        .containsExactly(
            "2 COMMAND x a", "2 ENDPOINT auth.identities.x.start_url in /project/atmos.yaml b");
    assertThat(files)
        .extracting(file -> file.path().toString())
        .containsExactly("/project/atmos.yaml", "/project/auth.yaml", "/project/cmd.txt");
    TrustReview review = review(project);
    files.forEach(review::trust);
    assertThat(isTrusted(project)).isTrue();
    project.file("cmd.txt", "rm -rf /\n");
    assertThat(asks(review(project).present(SampleSections::find)))
        .as("the endpoint's definition includes the command")
        .containsExactly("2 ENDPOINT auth.identities.x.start_url in /project/atmos.yaml b");
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
    assertThatThrownBy(() -> review(project).present(SampleSections::find))
        .isInstanceOf(AtmosException.class)
        .hasMessageStartingWith("/project/atmos.yaml:1:5: ");
    project.file("/home/dev/x/atmos.yaml", "b: !exec x");
    assertThat(asks(review(project).of("~/x", SampleSections::find)))
        .containsExactly("1 COMMAND b x");
  }

  // What is remembered.

  private static UntrustedFile only(Project project) {
    List<UntrustedFile> files = review(project).present(SampleSections::find);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static boolean isTrusted(Project project) {
    return asks(review(project).present(SampleSections::find)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void trustedFile_changedElsewhere_asksNothing(View view) {
    Project project = view.project().file("atmos.yaml", "a: !exec x\nb: 1\n");
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    for (String text :
        List.of("# new\nb: 2\na: !exec x\n", "a:   !exec 'x'\nc: {d: e}", "\ufeffa: !exec x")) {
      assertThat(isTrusted(project.file("atmos.yaml", text))).as(text).isTrue();
    }
    for (String text : List.of("a: !exec y", "a: !exec x y", "b: !exec x", "a: {a: !exec x}")) {
      assertThat(isTrusted(project.file("atmos.yaml", text))).as(text).isFalse();
    }
    assertThat(isTrusted(project.file("atmos.yaml", ""))).as("removed").isTrue();
    assertThat(isTrusted(project.file("atmos.yaml", "a: !exec x"))).as("added again").isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void trustedFile_copiedElsewhere_isNotTrustedThere(View view) {
    Project project = view.project().file("a/atmos.yaml", "a: !exec x");
    project.file("b/atmos.yaml", "a: !exec x").link("c/atmos.yaml", "a/atmos.yaml");
    // A link that leads out of its project would need trust of its own.
    project.file(".git/HEAD", "ref: refs/heads/main\n");
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
    UntrustedFile shown = only(project);
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
    TrustStore store = new TrustStore(project.files, project.reader, ClassPath.safePlaces());
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
        "a: !exec z\\nc: !exec y         | 1 COMMAND a z CHANGED",
        "c: !exec y\\n\\na: !exec z       | 3 COMMAND a z CHANGED",
        "a: !exec x\\nb: !exec x         | 2 COMMAND b x NEW",
        "a: &a !exec x\\nc: !exec y\\ne: *a | 1 COMMAND a x NEW",
      })
  void changedFile_againstWhatWasTrusted_asksForThatValueAlone(String text, String asks) {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x\nc: !exec y\nd: 1\n");
    review(project).trust(only(project));
    project.file("atmos.yaml", text.replace("\\n", "\n"));
    UntrustedFile now = only(project);
    assertThat(now.wasTrusted()).isTrue();
    assertThat(now.pending()).hasSize(1);
    assertThat(asks(List.of(now)).getFirst() + " " + now.state(now.pending().getFirst()))
        .isEqualTo(asks);
  }

  private static java.nio.file.Path recordOf(Project project, String path) {
    return new TrustStore(project.files, project.reader, ClassPath.safePlaces())
        .place(path)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "atmos-trust 1\n", "damaged", "huge", "planted"})
  void record_thatIsNotOurs_approvesNothing(String fault) throws IOException {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x");
    review(project).trust(only(project));
    java.nio.file.Path place = recordOf(project, "/project/atmos.yaml");
    String good = java.nio.file.Files.readString(place);
    java.nio.file.Files.writeString(
        place,
        switch (fault) {
          case "damaged" -> good.replace("COMMAND a", "COMMAND b");
          case "huge" -> good + "x y\n".repeat(2_000_000);
          case "planted" -> good.replace("/project/", "/other/");
          default -> good.replace("atmos-trust 2\n", fault);
        });
    assertThat(isTrusted(project)).isFalse();
    java.nio.file.Files.writeString(place, good);
    assertThat(isTrusted(project)).isTrue();
  }

  @Test
  void endpoint_whoseDefinitionChanges_asksAgain() {
    String text =
        "auth:\n  identities:\n    one: {kind: sso, start_url: b}\n    two: {kind: sso}\n";
    Project project = Project.unix().file("atmos.yaml", text);
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    assertThat(isTrusted(project.file("atmos.yaml", text.replace("two", "other")))).isTrue();
    project.file("atmos.yaml", text.replace("start_url: b", "via: x, start_url: b"));
    UntrustedFile now = only(project);
    assertThat(now.state(now.pending().getFirst())).isEqualTo(UntrustedFile.State.DEFINITION);
    project.file("atmos.yaml", "x: !exec y\n" + text.replace("one:", "uno:"));
    assertThat(asks(review(project).present(SampleSections::find)))
        .containsExactly("1 COMMAND x y", "4 ENDPOINT auth.identities.uno.start_url b");
  }

  @Test
  void text_thatIsIncluded_isNoQuestionAndNeverApproved() {
    String text = "auth: {identities: {one: {kind: sso, start_url: !include url.txt}}}";
    Project project = Project.unix().file("atmos.yaml", text).file("url.txt", "b");
    assertThat(asks(review(project).present(SampleSections::find))).isEmpty();
  }

  @Test
  void endpoint_whoseSourceChangesInAnotherFile_asksAgain() {
    String text =
        """
        import: [source.yaml]
        auth:
          identities:
            one: {kind: sso, via: {identity: two}, start_url: b}
        """;
    String source = "auth: {identities: {two: {kind: sso, via: {provider: p}}}}";
    Project project = Project.unix().file("atmos.yaml", text).file("source.yaml", source);
    review(project).present(SampleSections::find).forEach(review(project)::trust);
    assertThat(isTrusted(project)).isTrue();
    project.file("source.yaml", source.replace("p}", "q}"));
    assertThat(asks(review(project).present(SampleSections::find)))
        .containsExactly("4 ENDPOINT auth.identities.one.start_url b");
  }

  @Test
  void scripts_ofTheProject_areApprovedAsTheyAre() {
    Project project =
        Project.unix()
            .file(".git/HEAD", "")
            .file("sub/get.sh", "1")
            .file("sub/my lib.sh", "1")
            .file("../elsewhere.sh", "1")
            .file(
                "sub/atmos.yaml",
                "a: !exec sh ./get.sh;. 'my lib.sh' ../../elsewhere.sh >sub \"$HOME/x\"");
    project.files.cd("sub");
    project.environment.set("HOME", "/home/dev");
    UntrustedFile file = only(project);
    assertThat(file.values().getFirst().request().scripts()).containsExactly("get.sh", "my lib.sh");
    review(project).trust(file);
    assertThat(isTrusted(project.file("../../elsewhere.sh", "2"))).isTrue();
    for (String script : List.of("get.sh", "my lib.sh", "sh")) {
      UntrustedFile now = only(project.file(script, "2"));
      assertThat(now.state(now.pending().getFirst()))
          .as(script)
          .isEqualTo(UntrustedFile.State.SCRIPT);
      review(project).trust(now);
      assertThat(isTrusted(project)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void script_behindALinkAndTwoDots_isTheOneThatTheSystemRuns(boolean linkedFromTheStart)
      throws Exception {
    Project project =
        Project.unix()
            .file(".git/HEAD", "")
            .file("s.sh", "decoy")
            .file("z/s.sh", "1")
            .file("z/y/file", "")
            .file("sub/file", "")
            .file("atmos.yaml", "a: !exec sh sub/../s.sh");
    Path sub = project.files.path("sub");
    if (linkedFromTheStart) {
      Files.delete(sub.resolve("file"));
      Files.delete(sub);
      project.link("sub", "z/y");
    }
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    if (linkedFromTheStart) {
      project.file("z/s.sh", "2");
    } else {
      Files.delete(sub.resolve("file"));
      Files.delete(sub);
      project.link("sub", "z/y");
    }
    assertThat(isTrusted(project)).isFalse();
    UntrustedFile now = only(project);
    assertThat(now.state(now.pending().getFirst())).isEqualTo(UntrustedFile.State.SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void directory_inThePlaceOfAScript_isNotTrusted(boolean wasAScript) throws Exception {
    Project project =
        Project.unix().file(".git/HEAD", "").file("atmos.yaml", "a: !exec python3 s.py");
    if (wasAScript) {
      project.file("s.py", "1");
    }
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    Files.deleteIfExists(project.files.path("s.py"));
    project.file("s.py/__main__.py", "2");
    assertThat(isTrusted(project)).isFalse();
    review(project).trust(only(project));
    assertThat(isTrusted(project)).isTrue();
    assertThat(only(project).values().getFirst().request().scripts()).isEmpty();
  }

  @Test
  void entry_ofAKindThatAnotherFileNames_isJudgedByThat() {
    Project project =
        Project.unix()
            .file("atmos.yaml", "import: b.yaml\nauth: {providers: {p: {start_url: b}}}")
            .file("b.yaml", "auth: {providers: {p: {kind: user}}}");
    assertThat(isTrusted(project)).isTrue();
    project.file("b.yaml", "auth: {providers: {p: {kind: sso}}}");
    assertThat(asks(review(project).present(SampleSections::find)))
        .containsExactly("2 ENDPOINT auth.providers.p.start_url b");
    project.file("b.yaml", "auth: {providers: {p: {kind: acme/none}}}");
    List<UntrustedFile> files = review(project).present(SampleSections::find);
    assertThat(files).flatExtracting(UntrustedFile::pending).isEmpty();
    assertThat(files.getFirst().unsupplied())
        .extracting(UntrustedFile.Unsupplied::kind)
        .contains("acme/none");
  }

  @ParameterizedTest
  @EnumSource
  void trustedFiles_inTheList_haveTheirStates(View view) throws Exception {
    Project project = view.project();
    for (String name : List.of("a", "b", "c")) {
      project.file(name + "/atmos.yaml", "a: !exec x");
      review(project).of(name, SampleSections::find).forEach(review(project)::trust);
    }
    project.file("b/atmos.yaml", "a: !exec y");
    Files.delete(project.files.path("c/atmos.yaml"));
    project.file(
        (view == View.UNIX
                ? "/home/dev/.local/share/atmos"
                : "C:/Users/dev/AppData/Local/atmos/data")
            + "/trusted/notes.txt",
        "not ours");
    assertThat(review(project).all())
        .containsExactly(
            new TrustReview.Trusted(project.path("a/atmos.yaml"), TrustReview.State.UNCHANGED, 0),
            new TrustReview.Trusted(project.path("b/atmos.yaml"), TrustReview.State.CHANGED, 1),
            new TrustReview.Trusted(project.path("c/atmos.yaml"), TrustReview.State.GONE, 0));
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
    review.present(SampleSections::find).forEach(review::trust);
    review.of("z", SampleSections::find).forEach(review::trust);
    assertThat(review.revokePresent())
        .containsExactlyInAnyOrder("/project/atmos.yaml", "/project/b.yaml");
    assertThat(review.all()).hasSize(1);
  }
}
