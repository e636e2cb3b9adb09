package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.UpdateMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user, or another program, has made of our entries stays over a login. */
class KeptChangesTest {
  private static final Access DEMO = Access.to("demo");
  private static final String ARN = DEMO.arn().toString();
  private static final String LAUNCHER = "/opt/atmos/bin/atmos";

  private static KubeconfigPlan login(Access access, String text) throws Exception {
    return login(access, UpdateMode.MERGE, text);
  }

  private static KubeconfigPlan login(Access access, UpdateMode update, String text)
      throws Exception {
    return Planner.of(Plans.add(update, CurrentContext.IF_UNSET, access), LAUNCHER::equals)
        .plan(List.of(new Planner.Source(Path.of("config"), text, null)));
  }

  private static String tunnel(String from) {
    return from.replace(
        "  cluster:\n    server: https://k.example.com/demo\n",
        "  cluster:\n    server: https://127.0.0.1:8443\n    tls-server-name: k.example.com\n");
  }

  @Test
  void serverOfATunnel_staysAndIsNamed() throws Exception {
    KubeconfigPlan plan = login(DEMO.at("https://new.example.com"), tunnel(Plans.edited()));

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings())
        .containsExactly(
            "the server of cluster \""
                + ARN
                + "\" is https://127.0.0.1:8443, which somebody has changed, and not"
                + " https://new.example.com; it is left as it is");
  }

  @Test
  void serverThatTheUserPutBack_isOursAgain() throws Exception {
    KubeconfigPlan plan = login(DEMO, Plans.edited());
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings()).isEmpty();
    assertThat(login(DEMO.at("https://new.example.com"), Plans.edited()).lines())
        .containsExactly("change cluster \"" + ARN + "\" (server) in config");
  }

  @ParameterizedTest
  @CsvSource({
    "https://0123456789ABCDEF.gr7.us-east-2.eks.amazonaws.com, false",
    "https://0123456789ABCDEF.yl4.cn-north-1.eks.amazonaws.com.cn, false",
    "https://0123456789abcdef.eks-cluster.us-east-2.api.aws, false",
    "https://127.0.0.1:8443, true",
    "https://eks.example.com, true",
  })
  void serverInAMarkerThatRecordsNone_isOursIfItIsOneOfEks(String server, boolean kept)
      throws Exception {
    String text =
        Plans.edited("        server: https://k.example.com/demo\n", "")
            .replace("    server: https://k.example.com/demo\n", "    server: " + server + "\n");
    KubeconfigPlan plan = login(DEMO, text);
    assertThat(plan.isEmpty()).isEqualTo(kept);
    assertThat(plan.warnings().isEmpty()).isEqualTo(!kept);
  }

  @Test
  void commandThatIsAPathToTheLauncher_stays() throws Exception {
    String text = Plans.edited("command: atmos", "command: " + LAUNCHER);
    assertThat(login(DEMO, text).isEmpty()).isTrue();
    String old = Plans.edited("command: atmos", "command: /old/bin/atmos");
    assertThat(login(DEMO, old).lines())
        .containsExactly("change user \"atmos-eks-dev-admin\" (exec.command) in config");
  }

  @Test
  void changesOfTheUser_whereEntriesAreReplaced_go() throws Exception {
    String text = tunnel(Plans.edited("command: atmos", "command: " + LAUNCHER));
    KubeconfigPlan plan = login(DEMO, UpdateMode.REPLACE, text);
    assertThat(plan.files().getFirst().preview().reveal()).isEqualTo(Plans.edited());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void contextThatTheUserRenamed_isEnough(boolean aliased) throws Exception {
    Access access = aliased ? DEMO.alias("dev") : DEMO;
    String name = aliased ? "dev" : ARN;
    String renamed =
        Plans.after(Plans.add(access), null)
            .replace("contexts:\n- name: " + name + "\n", "contexts:\n- name: mine\n")
            .replace("current-context: " + name + "\n", "current-context: mine\n");
    KubeconfigPlan plan = login(access, renamed);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.clusters().getFirst().context()).isEqualTo("mine");
    assertThat(Plans.after(Plans.remove(access), renamed)).doesNotContain("mine", "atmos");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void contextThatSomebodyWrote_forOurClusterAndUser_isEnough(boolean aliased) throws Exception {
    Access access = aliased ? DEMO.alias("dev") : DEMO;
    String ours = Plans.after(Plans.add(access), null);
    String written =
        ours.substring(0, ours.indexOf("contexts:"))
            + "contexts:\n- name: mine\n  context: {cluster: '"
            + ARN
            + "', user: atmos-eks-dev-admin, namespace: web}\n"
            + ours.substring(ours.indexOf("users:"), ours.indexOf("current-context"))
            + "current-context: mine\n";
    assertThat(login(access, written).isEmpty()).isTrue();
  }

  @Test
  void aliasThatIsNew_isGivenBesideTheOtherName() throws Exception {
    KubeconfigPlan plan = login(DEMO.alias("dev"), Plans.edited());
    assertThat(plan.lines()).containsExactly("add context \"dev\" in config");
  }

  @Test
  void removal_afterTheAwsCliHasTakenOverTheContext_takesOurUserOut() throws Exception {
    String ours = Plans.edited();
    String foreign =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: '%s', cluster: {server: 'https://k.example.com/demo'}}
        contexts:
        - {name: '%s', context: {cluster: '%s', user: '%s'}}
        users:
        """
            .formatted(ARN, ARN, ARN, ARN);
    String theirs = "- {name: '" + ARN + "', user: {exec: {command: aws}}}\n";
    String user = ours.substring(ours.indexOf("- name: atmos-eks"), ours.indexOf("current-"));

    assertThat(Plans.after(Plans.remove(DEMO), foreign + user + theirs))
        .isEqualTo(foreign + theirs);
    assertThat(Plans.plan(Plans.remove(DEMO.as("other")), foreign + user + theirs).isEmpty())
        .isTrue();
    String handMade = user.replace("atmos-eks-dev-admin", "mine");
    assertThat(Plans.plan(Plans.remove(DEMO), foreign + handMade + theirs).isEmpty()).isTrue();
  }
}
