package dev.atmos.cli.config.approval;

import static dev.atmos.cli.config.Trees.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.cli.bootstrap.ClassPath;
import dev.atmos.cli.config.Project;
import dev.atmos.cli.config.Project.View;
import dev.atmos.cli.config.SampleSections;
import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.file.TrustState;
import dev.atmos.cli.config.trust.FileTrust;
import dev.atmos.cli.config.trust.TrustRequest;
import dev.atmos.cli.config.trust.TrustStore;
import dev.atmos.plugin.base.AtmosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrustReviewTest {

  private static TrustReview review(Project project) {
    return project.review();
  }

  /** What the files ask for, in the manner of {@code 1 COMMAND key text}. */
  private static List<String> asks(List<UntrustedFile> files) {
    List<String> asks = new ArrayList<>();
    for (UntrustedFile file : files) {
      for (TrustRequest request : file.requests()) {
        asks.add(
            request.position().line()
                + (request.declared() ? " " : " undeclared ")
                + request.effect()
                + " "
                + request.key()
                + " "
                + request.text());
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
            "9 ENDPOINT auth.identities.one.start_url https://evil.example/start",
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
            "9 ENDPOINT auth.identities.three.url https://evil.example",
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
  void file_withAliasesOfAliases_isLookedAtOnce() {
    StringBuilder text = new StringBuilder("a0: &a0 [!exec x]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(asks(text.toString())).containsExactly("1 COMMAND a0[0] x");
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
    assertThat(asks(files)).containsExactly("1 READS  " + project.path("../../other/out.txt"));
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
            "2 COMMAND x a",
            "2 ENDPOINT auth.identities.x.start_url b",
            "1 COMMAND auth.identities.x.mfa_command rm -rf");
    assertThat(files)
        .extracting(file -> file.path().toString())
        .containsExactly("/project/atmos.yaml", "/project/auth.yaml", "/project/cmd.txt");
    TrustReview review = review(project);
    assertThat(asks(review.of("cmd.txt", SampleSections::find)))
        .containsExactly("1 COMMAND auth.identities.x.mfa_command rm -rf");
    files.forEach(review::trust);
    assertThat(review(project).present(SampleSections::find)).isEmpty();
    project.file("cmd.txt", "rm -rf /\n");
    assertThat(asks(review(project).present(SampleSections::find)))
        .containsExactly("1 COMMAND auth.identities.x.mfa_command rm -rf /");
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
    return review(project).present(SampleSections::find).isEmpty();
  }

  private static TrustState state(Project project) {
    ConfigFileCache cache = new ConfigFileCache(project.reader, project.files, project.environment);
    ConfigFile file = cache.find(project.files.path("atmos.yaml"), null);
    return new FileTrust(project.files, project.environment, project.reader, cache, ClassPath.safePlaces(), true)
        .state(Objects.requireNonNull(file));
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
          .isEqualTo(TrustState.CHANGED);
    }
    for (String changed : List.of("", text + "\n", text.substring(1), "\ufeff" + text)) {
      assertThat(state(project.file("atmos.yaml", changed))).isEqualTo(TrustState.CHANGED);
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
        "a: !exec x\\nc: !exec y\\nd: 1\\n# k | `` | only the comment",
        "a: !exec z\\nc: !exec y\\nd: 1      | a  | a command",
        "a: !exec z\\nd: 1\\nc: !exec y      | a  | the order as well",
        "a: !exec x\\nc: no\\nd: 1           | `` | a command is gone",
        "a: !exec x\\nc: !exec y\\nd: 2      | `` | something else"
      })
  void changedFile_againstWhatWasTrusted_saysWhichCommandChanged(
      String text, String changed, String why) {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x\nc: !exec y\nd: 1\n");
    review(project).trust(only(project));
    project.file("atmos.yaml", text.replace("\\n", "\n"));
    UntrustedFile now = only(project);
    assertThat(now.wasTrusted()).isTrue();
    assertThat(now.requests().stream().filter(now::isChanged).map(TrustRequest::key))
        .as(why)
        .isEqualTo(changed.isEmpty() ? List.of() : List.of(changed));
    assertThat(now.requests()).noneMatch(now::isNew);
  }

  @Test
  void changedFile_withOneMoreCommand_saysThatItIsNew() {
    Project project = Project.unix().file("atmos.yaml", "a: !exec x\n");
    review(project).trust(only(project));
    project.file("atmos.yaml", "a: !exec x\nb: !exec x\n");
    UntrustedFile now = only(project);
    assertThat(now.requests().stream().filter(now::isNew).map(TrustRequest::key))
        .containsExactly("b");
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
    review.present(SampleSections::find).forEach(review::trust);
    review.of("z", SampleSections::find).forEach(review::trust);
    assertThat(review.revokePresent())
        .containsExactlyInAnyOrder("/project/atmos.yaml", "/project/b.yaml");
    assertThat(review.all()).hasSize(1);
  }
}
