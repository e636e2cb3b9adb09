package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.plan.Access;
import dev.atmos.kubeconfig.plan.Corpus;
import dev.atmos.kubeconfig.plan.Plans;
import dev.atmos.kubeconfig.yaml.Reading;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kube.KubeconfigEntry;
import dev.atmos.plugin.testkit.FakeFiles;
import dev.atmos.services.testing.FakeServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The service for plugins, on files in memory. */
class FileKubeconfigsTest {
  private static final KubeconfigEntry LAB =
      KubeconfigEntry.of("lab", "https://lab.example.com", List.of("acme", "token", "--lab"))
          .withCertificateAuthority(Access.ca("lab"))
          .withNamespace("web")
          .withVariables(Map.of("ACME_MODE", "quiet"));

  private final FakeServices services = new FakeServices();
  private final Path file = services.directories().path("/home/dev/.kube/config");

  private boolean merge(KubeconfigEntry entry) {
    return new FileKubeconfigEditor(services).merge(entry);
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertFails(KubeconfigEntry entry, ExitCode code, String sentence) {
    assertThatThrownBy(() -> merge(entry))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(code);
              assertThat(e.sentence()).isEqualTo(sentence);
            });
  }

  @Test
  void entry_inANewFile_isClusterContextAndUser() {
    assertThat(merge(LAB)).isTrue();

    assertThat(text())
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: lab
              cluster:
                server: https://lab.example.com
                certificate-authority-data: CA
                extensions:
                - name: atmos.dev/managed
                  extension:
                    context: lab
            contexts:
            - name: lab
              context:
                cluster: lab
                user: lab
                namespace: web
                extensions:
                - name: atmos.dev/managed
                  extension:
                    context: lab
            users:
            - name: lab
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: acme
                  args:
                  - token
                  - --lab
                  env:
                  - name: ACME_MODE
                    value: quiet
                  interactiveMode: IfAvailable
                extensions:
                - name: atmos.dev/managed
                  extension:
                    context: lab
            """
                .replace("CA\n", Access.ca("lab") + "\n"));
  }

  @Test
  void entry_inANewFile_isPrivateToItsOwner() throws IOException {
    merge(LAB);

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var names = Files.list(file.resolveSibling(""))) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void entry_onWindows_isMerged() throws IOException {
    FakeServices windows = new FakeServices(FakeFiles.windows());

    assertThat(new FileKubeconfigEditor(windows).merge(LAB)).isTrue();

    Path config = windows.directories().home().orElseThrow().resolve(".kube").resolve("config");
    assertThat(Files.readString(config)).contains("- name: lab");
  }

  @Test
  void entry_mergedAgain_changesNothing() {
    merge(LAB);
    String before = text();

    assertThat(merge(LAB)).isFalse();
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void entry_thatHasChanged_isBroughtUpToDate() {
    merge(LAB);
    String before = text();
    KubeconfigEntry moved =
        KubeconfigEntry.of("lab", "https://new.example.com", List.of("acme", "token"))
            .withCertificateAuthority(Access.ca("lab"))
            .withNamespace("web");

    assertThat(merge(moved)).isTrue();

    assertThat(text())
        .isEqualTo(
            before
                .replace("lab.example", "new.example")
                .replace("      - --lab\n", "")
                .replace("      env:\n      - name: ACME_MODE\n        value: quiet\n", ""));
  }

  @Test
  void entry_thatTheUserHasAddedTo_keepsThat() {
    merge(LAB);
    services
        .directories()
        .write(
            file.toString(),
            text()
                .replace("    server: ", "    proxy-url: http://proxy.example.com\n    server: ")
                .replace("namespace: web", "namespace: web # mine"));
    String before = text();

    assertThat(merge(LAB)).isFalse();
    assertThat(merge(KubeconfigEntry.of("lab", "https://new.example.com", List.of("acme"))))
        .isTrue();
    String exec =
        before.substring(before.indexOf("      args:"), before.indexOf("      interactive"));
    assertThat(text()).isEqualTo(before.replace("lab.example", "new.example").replace(exec, ""));
  }

  static List<String> corpus() {
    return Corpus.names();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void entries_ofOtherTools_stayAsTheyAre(String name) throws Exception {
    String before = Corpus.text(name);
    services.directories().write(file.toString(), before);

    assertThat(merge(LAB)).isTrue();

    Reading.assertThatRestIsEqual(before, text());
    assertThat(merge(LAB)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "clusters, cluster, {server: https://x.example.com}",
    "contexts, context, '{cluster: a, user: b}'",
    "users, user, {token: CANARY}",
  })
  void entry_withTheNameOfAnotherTools_isRefused(String list, String kind, String body) {
    String before = list + ":\n- name: lab\n  " + kind + ": " + body + "\n";
    services.directories().write(file.toString(), before);

    assertFails(
        LAB,
        ExitCode.FAILED,
        "the kubeconfig already has a "
            + kind
            + " 'lab' that atmos has not added for a plugin; it is left as it is");
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void entry_withTheNameOfOneForEks_isRefused() {
    new FileKubeconfigEditor(services).apply(Plans.add(Access.to("demo").alias("lab")));
    String before = text();

    assertThatThrownBy(() -> merge(LAB)).isInstanceOf(AtmosException.class);
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void entry_thatTheUserHasCopied_isNotOurs() {
    merge(LAB);
    services
        .directories()
        .write(file.toString(), text().replace("- name: lab\n", "- name: copy\n"));

    assertFails(
        KubeconfigEntry.of("copy", "https://lab.example.com", List.of("acme")),
        ExitCode.FAILED,
        "the kubeconfig already has a cluster 'copy' that atmos has not added for a plugin; it is"
            + " left as it is");
  }

  @Test
  void entries_forEks_leaveAPluginsAlone() {
    merge(LAB);
    String before = text();
    FileKubeconfigEditor editor = new FileKubeconfigEditor(services);

    editor.apply(Plans.add(Access.to("demo")));
    assertThat(text()).contains("cluster/demo").contains("- name: lab");
    editor.apply(Plans.remove(Access.to("demo")));

    assertThat(text()).isEqualTo(before);
  }

  @Test
  void entry_mergedBetweenAdditionAndRemoval_survivesTheRemoval() {
    FileKubeconfigEditor editor = new FileKubeconfigEditor(services);
    editor.apply(Plans.add(Access.to("demo")));

    merge(LAB);
    editor.apply(Plans.remove(Access.to("demo")));

    assertThat(text()).contains("- name: lab").doesNotContain("cluster/demo");
    assertThat(merge(LAB)).isFalse();
  }

  @Test
  void file_withACurrentContext_keepsIt() {
    services.directories().write(file.toString(), "current-context: mine\n");

    merge(LAB);

    assertThat(text()).startsWith("current-context: mine\n");
  }

  @Test
  void list_ofFiles_isUpdatedWhereTheEntryIs() throws IOException {
    services.environment().set("KUBECONFIG", "two");
    merge(LAB);
    services.directories().write("one", "kind: Config\n");
    services.environment().set("KUBECONFIG", "one:two");

    assertThat(merge(KubeconfigEntry.of("lab", "https://new.example.com", List.of("acme", "x"))))
        .isTrue();

    assertThat(Files.readString(services.directories().path("one"))).isEqualTo("kind: Config\n");
    assertThat(Files.readString(services.directories().path("two"))).contains("new.example.com");
  }

  @Test
  void lock_ofKubectlThatStays_isAnError() {
    services.directories().write(file + ".lock", "");

    assertThatThrownBy(() -> merge(LAB))
        .isInstanceOfSatisfying(
            AtmosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
    assertThat(Files.exists(file)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://lab.example.com, acme, the server isn't an https URL of a host",
    "https://lab.example.com, 'a\u202eb', 'the command has a character in it that can''t be seen:"
        + " U+202E'",
  })
  void entry_thatKubectlWouldNotAccept_isRefused(String server, String command, String reason) {
    assertFails(
        KubeconfigEntry.of("lab", server, List.of(command)),
        ExitCode.FAILED,
        "no kubeconfig can hold the entry 'lab': " + reason);
  }

  @Test
  void certificateAuthority_thatIsBroken_isRefused() {
    assertFails(
        LAB.withCertificateAuthority("bm9uZQ=="),
        ExitCode.FAILED,
        "no kubeconfig can hold the entry 'lab': the certificate authority holds no certificate in"
            + " PEM");
  }

  @Test
  void name_thatCannotBeSeen_isRefusedWithoutIt() {
    assertThatThrownBy(
            () -> merge(KubeconfigEntry.of("a\u001b[2Jb", "https://x.example.com", List.of("x"))))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining("the entry 'a?[2Jb'");
  }
}
