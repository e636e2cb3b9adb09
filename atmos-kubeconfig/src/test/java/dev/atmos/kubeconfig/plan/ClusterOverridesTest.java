package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterOverrides;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the user says about an entry, by options or in the configuration. */
class ClusterOverridesTest {
  private static final ClusterOverrides ALL =
      new ClusterOverrides(
          "https://127.0.0.1:8443",
          "kubernetes.default.svc",
          "socks5://127.0.0.1:1080",
          "shop",
          false,
          false);
  private static final ClusterOverrides NAMESPACE =
      new ClusterOverrides(null, null, null, "billing", false, false);

  private static ClusterAccess access(ClusterOverrides overrides, ExecPlugin exec) {
    ClusterAccess plain = Access.to("demo").access();
    return new ClusterAccess(
        plain.arn(),
        overrides.endpoint() == null ? plain.server() : overrides.endpoint(),
        plain.certificateAuthority(),
        plain.identity(),
        null,
        null,
        null,
        exec,
        overrides);
  }

  private static KubeconfigChange add(ClusterOverrides overrides, ExecPlugin exec) {
    return KubeconfigChange.adding(
        KubeconfigTarget.standard(),
        List.of(access(overrides, exec)),
        UpdateMode.MERGE,
        CurrentContext.IF_UNSET);
  }

  private static String after(ClusterOverrides overrides, String text) throws BrokenFileException {
    return Plans.after(add(overrides, Access.to("demo").access().exec()), text);
  }

  @Test
  void newCluster_withAllOverrides_hasThem() throws BrokenFileException {
    assertThat(after(ALL, ""))
        .contains(
            "    server: https://127.0.0.1:8443\n",
            "    tls-server-name: kubernetes.default.svc\n",
            "    proxy-url: socks5://127.0.0.1:1080\n",
            "    namespace: shop\n");
  }

  @Test
  void overrides_ofAClusterThatIsThere_replaceWhatItHas() throws BrokenFileException {
    String edited =
        Plans.edited(
            "    certificate-authority-data:",
            "    proxy-url: http://old.example:3128\n    certificate-authority-data:",
            "\n    server: https://k.example.com/demo",
            "\n    server: https://localhost:9999");

    assertThat(after(ALL, edited))
        .contains("    server: https://127.0.0.1:8443\n", "proxy-url: socks5://127.0.0.1:1080\n")
        .doesNotContain("localhost:9999", "old.example");
  }

  @Test
  void cluster_withoutOverridesAnyMore_hasAwsServerAgain() throws BrokenFileException {
    assertThat(after(ClusterOverrides.NONE, after(ALL, "")))
        .contains(
            "    server: https://k.example.com/demo\n", "proxy-url: socks5://127.0.0.1:1080\n");
  }

  @Test
  void namespace_ofAContextThatIsThere_staysUnlessItIsAskedFor() throws BrokenFileException {
    String shop = after(ALL, "");
    ClusterOverrides asked = new ClusterOverrides(null, null, null, "billing", true, false);

    assertThat(after(NAMESPACE, shop)).contains("    namespace: shop\n");
    assertThat(after(asked, shop)).contains("    namespace: billing\n");
  }

  @Test
  void commandWithoutVariables_leavesNoneOfThoseThatWereThere() throws BrokenFileException {
    ExecPlugin exec = Access.to("demo").access().exec();
    ExecPlugin bare =
        new ExecPlugin(
            exec.apiVersion(),
            exec.command(),
            exec.args(),
            List.of(),
            exec.installHint(),
            exec.interactiveMode());

    String portable = Plans.after(add(ClusterOverrides.NONE, bare), Plans.edited());

    assertThat(portable).contains("command: atmos").doesNotContain("env:", "ATMOS_CONFIG");
    assertThat(Plans.after(add(ClusterOverrides.NONE, bare), portable)).isEqualTo(portable);
  }

  @Test
  void command_thatIsAskedFor_replacesAPathToThisProgram() throws BrokenFileException {
    ExecPlugin named = Access.to("demo").access().exec();
    String absolute = Plans.after(add(ALL, named.withCommand("/opt/atmos/bin/atmos")), "");
    ClusterOverrides asked = new ClusterOverrides(null, null, null, null, false, true);
    Planner.Source there = new Planner.Source(Path.of("config"), absolute, null);

    assertThat(
            Planner.of(add(asked, named), command -> true)
                .plan(List.of(there))
                .files()
                .getFirst()
                .preview()
                .reveal())
        .contains("command: atmos\n");
  }
}
