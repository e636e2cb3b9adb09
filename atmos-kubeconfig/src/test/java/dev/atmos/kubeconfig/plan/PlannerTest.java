package dev.atmos.kubeconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.kubeconfig.yaml.Reading;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigPlan;
import dev.atmos.services.kube.KubeconfigPlan.FileChange;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {
  private static final Access DEMO = Access.to("demo");
  private static final String ARN = "arn:aws:eks:us-east-2:111122223333:cluster/demo";

  private static KubeconfigPlan.Access only(KubeconfigPlan plan) {
    assertThat(plan.clusters()).hasSize(1);
    return plan.clusters().get(0);
  }

  /** The names of a plan's cluster: of its entry, its context and its user. */
  private static List<String> names(KubeconfigPlan plan) {
    KubeconfigPlan.Access access = only(plan);
    return List.of(access.clusterEntry(), access.context(), access.user());
  }

  private static List<String> names(Access access, @Nullable String text) throws Exception {
    return names(Plans.plan(Plans.add(access), text));
  }

  private static String foreign(String server) {
    return """
    clusters:
    - name: %s
      cluster:
        server: %s
        certificate-authority-data: %s
    contexts:
    - name: %s
      context: {cluster: %s, user: %s}
    users:
    - name: %s
      user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks]}}
    """
        .formatted(ARN, server, Access.ca("demo"), ARN, ARN, ARN, ARN);
  }

  @Test
  void newFile_withOneCluster_isAsDocumented() throws Exception {
    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), (String) null);

    FileChange file = plan.files().get(0);
    assertThat(file.created()).isTrue();
    assertThat(file.preview().reveal())
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
              cluster:
                server: https://k.example.com/demo
                certificate-authority-data: %s
                extensions:
                - name: atmos.dev/managed
                  extension:
                    arn: arn:aws:eks:us-east-2:111122223333:cluster/demo
                    server: https://k.example.com/demo
            contexts:
            - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
              context:
                cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
                user: atmos-eks-dev-admin
                extensions:
                - name: atmos.dev/managed
                  extension:
                    arn: arn:aws:eks:us-east-2:111122223333:cluster/demo
                    identity: dev-admin
            users:
            - name: atmos-eks-dev-admin
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: atmos
                  args:
                  - aws
                  - eks
                  - token
                  - --cluster-name
                  - demo
                  - --region
                  - us-east-2
                  - --identity
                  - dev-admin
                  env:
                  - name: ATMOS_CONFIG
                    value: ""
                  - name: ATMOS_PROFILE
                    value: ""
                  installHint: atmos isn't on PATH
                  interactiveMode: Never
            current-context: arn:aws:eks:us-east-2:111122223333:cluster/demo
            """
                .formatted(Access.ca("demo")));
    assertThat(plan.lines())
        .containsExactly(
            "add cluster \"" + ARN + "\" in config",
            "add context \"" + ARN + "\" in config",
            "add user \"atmos-eks-dev-admin\" in config",
            "change current context \"" + ARN + "\" in config");
    assertThat(only(plan).current()).isTrue();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void newFile_afterRemoval_isAKubeconfigStill() throws Exception {
    String text = Plans.after(Plans.remove(DEMO), Plans.after(Plans.add(DEMO), null));

    assertThat(text)
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters: []
            contexts: []
            users: []
            current-context: ""
            """);
  }

  // Who is called how

  @Test
  void twoIdentities_onOneCluster_shareTheClusterOnly() throws Exception {
    String first = Plans.after(Plans.add(DEMO), null);

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO.as("audit")), first);

    assertThat(names(plan)).containsExactly(ARN, "atmos-eks-audit", "atmos-eks-audit");
    assertThat(plan.lines())
        .containsExactly(
            "add context \"atmos-eks-audit\" in config",
            "add user \"atmos-eks-audit\" in config",
            "change current context \"atmos-eks-audit\" in config");
    String both = plan.files().get(0).preview().reveal();
    assertThat(names(DEMO, both)).containsExactly(ARN, ARN, "atmos-eks-dev-admin");
    assertThat(names(DEMO.as("audit"), both)).isEqualTo(names(plan));
  }

  @Test
  void oneIdentity_onTwoClusters_hasAUserForEach() throws Exception {
    Access other = Access.to("blue");

    KubeconfigPlan plan = Plans.plan(Plans.add(other), Plans.after(Plans.add(DEMO), null));

    assertThat(names(plan))
        .containsExactly(
            other.arn().toString(), other.arn().toString(), "atmos-eks-dev-admin-blue-us-east-2");
  }

  @Test
  void equalNames_inTwoAccountsAndRegions_areAllThereAndStay() throws Exception {
    Access[] all = {
      DEMO, DEMO.of("444455556666"), DEMO.in("us-west-2"), DEMO.in("us-west-2").of("444455556666")
    };
    String text = Plans.after(Plans.add(all), null);

    assertThat(Plans.plan(Plans.add(UpdateMode.MERGE, CurrentContext.NEVER, all), text).isEmpty())
        .isTrue();
    assertThat(names(all[0], text).get(2)).isEqualTo("atmos-eks-dev-admin");
    assertThat(names(all[1], text).get(2)).isEqualTo("atmos-eks-dev-admin-demo-us-east-2");
    assertThat(names(all[2], text).get(2)).isEqualTo("atmos-eks-dev-admin-demo-us-west-2");
    assertThat(names(all[3], text).get(2))
        .isEqualTo("atmos-eks-dev-admin-demo-us-west-2-444455556666");
  }

  @Test
  void noIdentity_isCalledByClusterAndRegion() throws Exception {
    String text = Plans.after(Plans.add(DEMO.as(null)), null);

    assertThat(names(DEMO.as(null), text).get(2)).isEqualTo("atmos-eks-demo-us-east-2");
    assertThat(names(DEMO.as(null).of("444455556666"), text).get(2))
        .isEqualTo("atmos-eks-demo-us-east-2-444455556666");
  }

  @Test
  void contextOfTheAwsCli_withTheSameArn_isLeft() throws Exception {
    String foreign = foreign(DEMO.server());

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), foreign);

    assertThat(names(plan)).containsExactly(ARN, "atmos-eks-dev-admin", "atmos-eks-dev-admin");
    String text = plan.files().get(0).preview().reveal();
    Reading.assertThatRestIsEqual(foreign, text);
    assertThat(Plans.plan(Plans.add(DEMO), text).isEmpty()).isTrue();
    assertThat(Plans.after(Plans.remove(DEMO), text)).isEqualTo(foreign);
  }

  @Test
  void clusterOfAnotherProgram_withAnotherServer_isLeftAndSaid() throws Exception {
    String foreign = foreign("https://tunnel.example.com");

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), foreign);

    assertThat(only(plan).clusterEntry()).isEqualTo("atmos-eks-demo-us-east-2");
    assertThat(plan.warnings()).singleElement().asString().contains("has another server");
    String text = plan.files().get(0).preview().reveal();
    Reading.assertThatRestIsEqual(foreign, text);
    assertThat(Plans.plan(Plans.add(DEMO), text).isEmpty()).isTrue();
    assertThat(Plans.after(Plans.remove(DEMO), text)).isEqualTo(foreign);
  }

  @Test
  void entriesOfTheGoTool_areBroughtUpToDateWhereTheyAre() throws Exception {
    String go =
        """
        clusters:
        - name: %s
          cluster: {server: "https://k.example.com/demo", certificate-authority-data: %s}
        contexts:
        - name: %s
          context: {cluster: "%s", user: atmos-eks-demo-us-east-2}
        users:
        - name: atmos-eks-demo-us-east-2
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              command: atmos
              args: [aws, eks, token, --cluster-name, demo, --region, us-east-2, --identity=dev-admin]
              env: [{name: ATMOS_IDENTITY, value: dev-admin}]
              interactiveMode: Never
              provideClusterInfo: false
        """
            .formatted(ARN, Access.ca("demo"), ARN, ARN);

    KubeconfigPlan plan = Plans.plan(Plans.add(UpdateMode.MERGE, CurrentContext.NEVER, DEMO), go);

    assertThat(names(plan)).containsExactly(ARN, ARN, "atmos-eks-demo-us-east-2");
    assertThat(plan.lines())
        .containsExactly(
            "change user \"atmos-eks-demo-us-east-2\" (exec.args, exec.env.ATMOS_CONFIG,"
                + " exec.env.ATMOS_PROFILE, exec.installHint) in config");
    assertThat(names(DEMO.as("audit"), go).get(2)).isEqualTo("atmos-eks-audit");
    assertThat(names(DEMO.of("444455556666").as("dev-admin"), go).get(2))
        .isEqualTo("atmos-eks-dev-admin");
  }

  @Test
  void user_thatSomethingElseUses_isNotOverwritten() throws Exception {
    String text = "users:\n- name: atmos-eks-dev-admin\n  user: {token: mine}\n";

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), text);

    assertThat(only(plan).user()).isEqualTo("atmos-eks-dev-admin-demo-us-east-2");
    Reading.assertThatRestIsEqual(text, plan.files().get(0).preview().reveal());
  }

  @Test
  void user_thatIsMissingButReferredTo_isNotPutIntoSomebodysContext() throws Exception {
    String text =
        "contexts:\n- name: x\n  context: {cluster: x, user: atmos-eks-dev-admin}\nclusters: []\n";

    assertThat(names(DEMO, text).get(2)).isEqualTo("atmos-eks-dev-admin-demo-us-east-2");
  }

  @Test
  void aliases_areTaken_andKeptOnceTheyAreThere() throws Exception {
    Access named = DEMO.alias("demo").userAlias("me");

    String text = Plans.after(Plans.add(named), null);

    assertThat(names(named, text)).containsExactly(ARN, "demo", "me");
    assertThat(names(DEMO, text)).containsExactly(ARN, "demo", "me");
    assertThat(Plans.plan(Plans.add(DEMO), text).isEmpty()).isTrue();
  }

  @Test
  void aliases_ofOtherEntries_areLeftAndReported() throws Exception {
    String text =
        """
        contexts:
        - name: demo
          context: {cluster: a, user: b}
        users:
        - name: me
          user: {token: t}
        """;

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO.alias("demo").userAlias("me")), text);

    assertThat(names(plan)).containsExactly(ARN, "atmos-eks-dev-admin", "atmos-eks-dev-admin");
    assertThat(plan.warnings())
        .containsExactly(
            "the user \"me\" is used for something else; it is left as it is",
            "the context \"demo\" belongs to another entry; this one is called"
                + " \"atmos-eks-dev-admin\"");
    Reading.assertThatRestIsEqual(text, plan.files().get(0).preview().reveal());
  }

  @Test
  void userAlias_afterAnotherName_leavesNoUserBehind() throws Exception {
    String text = Plans.after(Plans.add(DEMO), null);

    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO.userAlias("me")), text);

    assertThat(plan.lines())
        .containsExactlyInAnyOrder(
            "change context \"" + ARN + "\" (user) in config",
            "remove user \"atmos-eks-dev-admin\" in config",
            "add user \"me\" in config");
  }

  // What stays

  private static final String EDITED =
      Plans.edited(
          "    cluster: " + ARN + "\n",
          "    cluster: " + ARN + "   # mine\n    namespace: kube-system\n",
          "  cluster:\n    server: ",
          "  cluster:\n    proxy-url: socks5://localhost:1080\n    server: ",
          "      env:\n",
          "      env:\n      - {name: HTTPS_PROXY, value: http://p}\n",
          "      interactiveMode",
          "      provideClusterInfo: false\n      x-mine: 007\n      interactiveMode");

  @Test
  void merging_intoEditedEntries_keepsWhatTheUserAdded() throws Exception {
    Access moved = DEMO.at("https://new.example.com");

    KubeconfigPlan plan = Plans.plan(Plans.add(moved), EDITED);

    assertThat(plan.lines()).containsExactly("change cluster \"" + ARN + "\" (server) in config");
    assertThat(plan.files().get(0).preview().reveal())
        .isEqualTo(EDITED.replace("https://k.example.com/demo", "https://new.example.com"));
    assertThat(Plans.plan(Plans.add(DEMO), EDITED).isEmpty()).isTrue();
  }

  @Test
  void replacing_editedEntries_writesOursAnewAndNobodyElses() throws Exception {
    String other = "# top\nclusters:\n- name: c\n  cluster: {server: x}  # theirs\n";
    String text = Plans.after(Plans.add(DEMO), other);
    String edited =
        text.replace("  cluster:\n    server:", "  cluster:\n    proxy-url: x\n    server:");

    KubeconfigPlan plan =
        Plans.plan(Plans.add(UpdateMode.REPLACE, CurrentContext.ALWAYS, DEMO), edited);

    assertThat(plan.lines()).containsExactly("change cluster \"" + ARN + "\" (cluster) in config");
    assertThat(plan.files().get(0).preview().reveal()).isEqualTo(text);
    assertThat(Plans.after(Plans.remove(DEMO), text)).isEqualTo(other);
  }

  @Test
  void error_onEntriesThatAreTheSame_isNone() throws Exception {
    KubeconfigChange change = Plans.add(UpdateMode.ERROR, CurrentContext.ALWAYS, DEMO);
    String text = Plans.after(change, null);

    assertThat(Plans.plan(change, text).isEmpty()).isTrue();
    assertThatThrownBy(() ->
            Plans.plan(change, text.replace("https://k.example.com", "https://o.example.com")))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e ->
                assertThat(e.sentence())
                    .isEqualTo("the cluster \"" + ARN + "\" exists already and differs in server"));
  }

  // The current context

  private static final String CURRENT =
      "contexts:\n- name: prod\n  context: {}\ncurrent-context: prod # mine\n";

  @ParameterizedTest
  @EnumSource
  void currentContext_whereOneIs_isSwitchedAsAsked(CurrentContext contextSwitch) throws Exception {
    KubeconfigPlan plan = Plans.plan(Plans.add(UpdateMode.MERGE, contextSwitch, DEMO), CURRENT);

    String expected = contextSwitch == CurrentContext.ALWAYS ? ARN : "prod";
    assertThat(plan.contextBefore()).isEqualTo("prod");
    assertThat(plan.contextAfter()).isEqualTo(expected);
    assertThat(only(plan).current()).isEqualTo(contextSwitch == CurrentContext.ALWAYS);
    assertThat(plan.files().get(0).preview().reveal())
        .contains("\ncurrent-context: " + expected + " # mine\n");
  }

  @ParameterizedTest
  @EnumSource
  void currentContext_whereNoneIs_isSetUnlessForbidden(CurrentContext contextSwitch)
      throws Exception {
    KubeconfigPlan plan =
        Plans.plan(Plans.add(UpdateMode.MERGE, contextSwitch, DEMO), "current-context: \"\"\n");

    assertThat(plan.contextAfter()).isEqualTo(contextSwitch == CurrentContext.NEVER ? null : ARN);
  }

  @Test
  void removal_ofTheCurrentContext_putsBackTheOneBefore() throws Exception {
    String text = Plans.after(Plans.add(DEMO), CURRENT);
    String two = Plans.after(Plans.add(DEMO.as("audit")), text);

    assertThat(Plans.plan(Plans.remove(DEMO.as("audit")), two).contextAfter()).isEqualTo(ARN);
    assertThat(Plans.plan(Plans.remove(DEMO, DEMO.as("audit")), two).contextAfter())
        .isEqualTo("prod");
    String gone = two.replace("- name: prod", "- name: other");
    KubeconfigPlan plan = Plans.plan(Plans.remove(DEMO, DEMO.as("audit")), gone);
    assertThat(plan.contextAfter()).isNull();
    assertThat(plan.files().get(0).preview().reveal()).contains("current-context: \"\" # mine");
  }

  @Test
  void removal_afterTheUserHasSwitched_leavesTheUsersChoice() throws Exception {
    String text = Plans.after(Plans.add(DEMO), CURRENT);
    String switched = text.replace("current-context: " + ARN, "current-context: prod");

    assertThat(Plans.after(Plans.remove(DEMO), switched)).isEqualTo(CURRENT);
  }

  @Test
  void switchingAgain_remembersWhatWasCurrentThen() throws Exception {
    String two = CURRENT.replace("current", "- name: kind\n  context: {}\ncurrent");
    String text = Plans.after(Plans.add(DEMO), two);
    String moved = text.replace("current-context: " + ARN, "current-context: kind");

    String again = Plans.after(Plans.add(DEMO), moved);

    assertThat(Plans.plan(Plans.remove(DEMO), again).contextAfter()).isEqualTo("kind");
  }

  // RemoveClusters

  @Test
  void removal_ofOneIdentity_leavesTheOthersCluster() throws Exception {
    String one = Plans.after(Plans.add(DEMO), CURRENT);
    String two = Plans.after(Plans.add(DEMO.as("audit")), one);

    assertThat(Plans.after(Plans.remove(DEMO.as("audit")), two)).isEqualTo(one);
    assertThat(Plans.plan(Plans.remove(DEMO.as(null)), two).isEmpty()).isTrue();
    assertThat(Plans.plan(Plans.remove(Access.to("emo")), two).isEmpty()).isTrue();
    assertThat(Plans.plan(Plans.remove(DEMO.in("us-west-2")), two).isEmpty()).isTrue();
    KubeconfigChange all =
        KubeconfigChange.removing(
            KubeconfigTarget.standard(),
            List.of(new ClusterRemoval("demo", "us-east-2", null, true, null)));
    assertThat(Plans.after(all, two)).isEqualTo(CURRENT);
  }

  @Test
  void removal_ofEntriesThatWereMadeIntoSomethingElse_leavesThem() throws Exception {
    String text = Plans.after(Plans.add(DEMO), CURRENT);
    String command = text.replace("command: atmos", "command: aws-vault");
    String cluster = text.replace("    cluster: " + ARN, "    cluster: tunnel") + "x: y\n";

    assertThat(Plans.plan(Plans.remove(DEMO), command).isEmpty()).isTrue();
    assertThat(Plans.plan(Plans.remove(DEMO), cluster).lines())
        .containsExactly("remove cluster \"" + ARN + "\" in config");
  }

  @Test
  void removal_ofAClusterThatAnotherContextUses_leavesIt() throws Exception {
    String text = Plans.after(Plans.add(DEMO), CURRENT);
    String used =
        text.replace(
            "- name: prod\n  context: {}", "- name: prod\n  context: {cluster: '" + ARN + "'}");

    assertThat(Plans.plan(Plans.remove(DEMO), used).lines())
        .noneMatch(line -> line.contains("remove cluster"))
        .anyMatch(line -> line.contains("remove context"));
  }

  @Test
  void entries_thatKubectlHasRewritten_areStillOurs() throws Exception {
    String text = Corpus.read("kubectl-rewrote-ours.yaml");

    assertThat(Plans.plan(Plans.add(DEMO, DEMO.as("on")), text).lines()).isEmpty();
    String rest = Plans.after(Plans.remove(DEMO, DEMO.as("on")), text);
    assertThat(rest).doesNotContain("atmos").contains("current-context: prod");
  }

  // Several files

  @Test
  void entries_thatAnotherProgramHasTakenTheQuotesFrom_areTextsAgain() throws Exception {
    Access access = Access.to("1e3").as("y").alias("0o17").userAlias("no");
    String ours = Plans.after(Plans.add(access), CURRENT);
    String theirs = ours;
    for (String word : List.of("1e3", "y", "0o17", "no")) {
      theirs = theirs.replace("\"" + word + "\"", word);
    }
    assertThat(theirs).contains("current-context: 0o17", "- name: 0o17", "user: no", "- y\n");

    assertThat(Plans.after(Plans.add(access), theirs)).isEqualTo(ours);
    assertThat(Plans.after(Plans.remove(access), theirs)).isEqualTo(CURRENT);
  }

  @Test
  void list_withEntriesInSeveralFiles_changesEachWhereItIs() throws Exception {
    Access moved = DEMO.at("https://new.example.com");
    String text = Plans.after(Plans.add(DEMO), "users: []\n");
    String clusters = text.substring(text.indexOf("clusters"), text.indexOf("contexts"));

    KubeconfigPlan plan =
        Plans.plan(Plans.add(moved, moved.as("audit")), null, "contexts: []\n", clusters, null);

    assertThat(plan.lines())
        .containsExactly(
            "change cluster \"" + ARN + "\" (server) in config2",
            "add context \"" + ARN + "\" in config1",
            "add user \"atmos-eks-dev-admin\" in config1",
            "add context \"atmos-eks-audit\" in config1",
            "add user \"atmos-eks-audit\" in config1",
            "change current context \"" + ARN + "\" in config1");
  }

  @Test
  void list_ofFilesThatAreAllMissing_makesTheLast() throws Exception {
    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), null, null, null);

    assertThat(plan.files()).hasSize(1);
    assertThat(plan.files().get(0).path()).hasToString("config2");
  }

  @Test
  void list_withACurrentContextInALaterFile_isSwitchedInTheFirst() throws Exception {
    KubeconfigPlan plan = Plans.plan(Plans.add(DEMO), "kind: Config\n", CURRENT);

    assertThat(plan.contextBefore()).isEqualTo("prod");
    assertThat(plan.contextAfter()).isEqualTo(ARN);
    String text = plan.files().get(0).preview().reveal();
    assertThat(text).contains("previous-context: prod");
    assertThat(Plans.plan(Plans.remove(DEMO), text, CURRENT).files().get(0).preview().reveal())
        .isEqualTo("kind: Config\n");
  }
}
