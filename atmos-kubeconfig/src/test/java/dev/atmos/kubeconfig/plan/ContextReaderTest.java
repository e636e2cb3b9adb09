package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.plan.Planner.Source;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.services.kube.ExecEntry;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeContext.ServerEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContextReaderTest {

  private static List<KubeContext> read(String... texts) throws BrokenFileException {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      sources.add(new Source(Path.of("/kube/" + i), texts[i], null));
    }
    return ContextReader.read(sources);
  }

  @Test
  void contexts_ofSeveralFiles_areMergedAsKubectlDoes() throws BrokenFileException {
    List<KubeContext> contexts =
        read(
            """
            contexts:
            - {name: a, context: {cluster: c, user: u}}
            users: [{name: u, user: {token: example}}]
            """,
            """
            current-context: b
            contexts:
            - {name: a, context: {cluster: other}}
            - {name: b, context: {cluster: gone, user: u}}
            clusters: [{name: c, cluster: {server: "https://c", certificate-authority: ca.pem}}]
            """);

    assertThat(contexts).extracting(KubeContext::name).containsExactly("a", "b");
    assertThat(contexts).extracting(KubeContext::current).containsExactly(false, true);
    KubeContext first = contexts.getFirst();
    assertThat(first.file()).isEqualTo(Path.of("/kube/0"));
    ServerEntry server = Objects.requireNonNull(first.server());
    assertThat(server.url()).isEqualTo("https://c");
    assertThat(server.authorityFile()).isEqualTo(Path.of("/kube/ca.pem"));
    assertThat(Objects.requireNonNull(first.login()).others()).containsExactly("token");
    assertThat(first.exec()).isNull();
    assertThat(contexts.get(1).server()).isNull();
  }

  @Test
  void command_ofAUser_hasItsWordsAndVariables() throws BrokenFileException {
    KubeContext context =
        read("""
        contexts: [{name: a, context: {cluster: c, user: u}}]
        clusters:
        - name: c
          cluster:
            tls-server-name: demo
            insecure-skip-tls-verify: true
            proxy-url: http://user:hunter2@proxy
        users:
        - name: u
          user:
            exec:
              apiVersion: v1
              command: /opt/atmos
              args: [aws, eks, token, --cluster-name=demo, -i, dev]
              env: [{name: A, value: "1"}]
        """)
            .getFirst();

    ExecEntry exec = Objects.requireNonNull(context.exec());
    ServerEntry server = Objects.requireNonNull(context.server());
    assertThat(exec.isToken()).isTrue();
    assertThat(exec.option("--cluster-name", "--cluster-id")).isEqualTo("demo");
    assertThat(exec.option("--identity", "-i")).isEqualTo("dev");
    assertThat(exec.option("--region", "--region")).isNull();
    assertThat(exec.env()).isEqualTo(Map.of("A", "1"));
    assertThat(server.unverified()).isTrue();
    assertThat(server.tlsServerName()).isEqualTo("demo");
    assertThat(context.toString()).doesNotContain("hunter2");
  }
}
