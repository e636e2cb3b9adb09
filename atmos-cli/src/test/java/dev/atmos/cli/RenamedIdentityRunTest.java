package dev.atmos.cli;

import static dev.atmos.cli.Clusters.DEMO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a login and a logout do about an identity or an alias that was renamed in between. */
final class RenamedIdentityRunTest {
  private static final String KUBECONFIG = "~/.kube/config";

  private final Clusters clusters = new Clusters();

  @AfterEach
  void stop() {
    clusters.close();
  }

  private static String configuration(String identity, String alias) {
    return """
    auth:
      keyring: {type: plain}
      identities:
        %1$s:
          kind: aws/user
          credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: !env SECRET}
      integrations:
        cluster:
          kind: aws/eks
          via: {identity: %1$s}
          spec: {cluster: {name: demo, region: us-east-2, alias: %2$s}}
    """
        .formatted(identity, alias);
  }

  private AtmosRun signedIn() {
    AtmosRun atmos =
        clusters.in(View.UNIX.atmos()).file("atmos.yaml", configuration("dev", "main"));
    assertThat(atmos.run("auth", "login").exitCode()).isZero();
    assertThat(atmos.content(KUBECONFIG)).contains("name: main\n", "identity: dev\n");
    return atmos;
  }

  @Test
  void login_afterTheIdentityWasRenamed_takesItsContextOver() {
    AtmosRun atmos = signedIn().file("atmos.yaml", configuration("developer", "main"));

    Result login = atmos.run("auth", "login");

    assertThat(login.exitCode()).isZero();
    assertThat(login.stderr()).doesNotContain("belongs to");
    assertThat(atmos.content(KUBECONFIG))
        .contains("name: main\n", "identity: developer\n", "- developer\n")
        .doesNotContain("identity: dev\n", "- dev\n");
  }

  @Test
  void login_afterTheAliasWasChanged_renamesTheContext() {
    AtmosRun atmos = signedIn().file("atmos.yaml", configuration("dev", "work"));

    Result login = atmos.run("auth", "login");

    assertThat(login.stderr()).contains("removed main from", "EKS kubeconfig: work \u2192");
    assertThat(atmos.content(KUBECONFIG))
        .contains("name: work\n", "current-context: work\n")
        .doesNotContain("name: main\n");
  }

  @Test
  void logoutOfEverything_afterTheIdentityWasRenamed_removesItsContext() {
    AtmosRun atmos = signedIn().file("atmos.yaml", configuration("developer", "main"));

    Result logout = atmos.run("auth", "logout", "--all");

    assertThat(logout.stderr()).contains("remove context \"main\"");
    assertThat(logout.exitCode()).isZero();
    assertThat(atmos.content(KUBECONFIG)).doesNotContain("main", DEMO);
  }

  @Test
  void contextOfAnotherConfiguration_staysAndIsNamed() {
    AtmosRun atmos = signedIn().file("other/atmos.yaml", configuration("developer", "main"));
    String before = atmos.content(KUBECONFIG);

    Result logout = atmos.run("--config", "other/atmos.yaml", "auth", "logout", "--all");

    assertThat(logout.stderr()).contains("the context \"main\" of ", "atmos.yaml stays");
    assertThat(atmos.content(KUBECONFIG)).isEqualTo(before);
  }
}
