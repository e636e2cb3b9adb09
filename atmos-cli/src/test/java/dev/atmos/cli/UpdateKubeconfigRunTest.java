package dev.atmos.cli;

import static dev.atmos.cli.Clusters.DEMO;
import static dev.atmos.cli.Clusters.context;
import static dev.atmos.cli.Clusters.contexts;
import static dev.atmos.cli.Clusters.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.AtmosRun.View;
import dev.atmos.cli.Clusters.Context;
import dev.atmos.cli.port.Installation;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.testkit.FakeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code atmos aws eks update-kubeconfig}, with the stand-in for AWS. */
final class UpdateKubeconfigRunTest {
  private static final String KUBECONFIG = "~/.kube/config";

  /** What somebody has, and the AWS CLI has added to. */
  private static final String FOREIGN =
      """
      # my clusters
      apiVersion: v1
      kind: Config
      current-context: minikube   # for the tests
      clusters:
        # at home
        - cluster: {server: 'https://192.168.49.2:8443'}
          name: minikube
        - cluster:
            certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tClFVSkQKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=
            server: https://demo-111122223333.us-east-2.example
          name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      contexts:
        - context: {cluster: minikube, user: minikube, namespace: default}
          name: minikube
        - context:
            cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
            user: arn:aws:eks:us-east-2:111122223333:cluster/demo
          name: arn:aws:eks:us-east-2:111122223333:cluster/demo
      users:
        - name: minikube
          user: {token: "a token of somebody's"}
        - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              args: [--region, us-east-2, eks, get-token, --cluster-name, demo, --output, json]
              command: aws
      """;

  private final Clusters clusters = new Clusters();

  @AfterEach
  void stop() {
    clusters.close();
  }

  private AtmosRun project(View view) {
    return clusters.project(view.atmos());
  }

  private static String file(View view) {
    return view == View.UNIX ? "/home/dev/.kube/config" : "C:\\Users\\dev\\.kube\\config";
  }

  @ParameterizedTest
  @EnumSource
  void newFile_ofOneCluster_isAsTheDocumentsSay(View view) {
    AtmosRun atmos = project(view);

    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2"))
        .isEqualTo(
            new Result(
                0,
                "",
                "\u2713 EKS kubeconfig: "
                    + DEMO
                    + " \u2192 "
                    + file(view)
                    + "\ncurrent context: "
                    + DEMO
                    + "\n"));
    assertThat(atmos.read(KUBECONFIG))
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
              cluster:
                server: https://demo-111122223333.us-east-2.example
                certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tClFVSkQKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=
                extensions:
                - name: atmos.dev/managed
                  extension:
                    arn: arn:aws:eks:us-east-2:111122223333:cluster/demo
                    server: https://demo-111122223333.us-east-2.example
            contexts:
            - name: arn:aws:eks:us-east-2:111122223333:cluster/demo
              context:
                cluster: arn:aws:eks:us-east-2:111122223333:cluster/demo
                user: atmos-eks-dev
                extensions:
                - name: atmos.dev/managed
                  extension:
                    arn: arn:aws:eks:us-east-2:111122223333:cluster/demo
                    identity: dev
            users:
            - name: atmos-eks-dev
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
                  - dev
                  env:
                  - name: ATMOS_CONFIG
                    value: %s
                  - name: ATMOS_CONFIG_PATH
                    value: ""
                  - name: ATMOS_CHDIR
                    value: ""
                  - name: ATMOS_BASE_PATH
                    value: ""
                  - name: ATMOS_PROFILE
                    value: ""
                  - name: ATMOS_AUTH_REALM
                    value: ""
                  installHint: "atmos gets the tokens for this cluster, and is not on the PATH of kubectl.\\nInstall atmos, or put the directory of its launcher on PATH, and sign in: atmos auth login --identity dev"
                  interactiveMode: Never
            current-context: arn:aws:eks:us-east-2:111122223333:cluster/demo
            """
                .formatted(view == View.UNIX ? "/project/atmos.yaml" : "C:\\project\\atmos.yaml"));
  }

  @ParameterizedTest
  @EnumSource
  void again_withTheSame_changesNothing(View view) {
    AtmosRun atmos = project(view);
    update(atmos, "--name", "demo", "--region", "us-east-2");
    String before = atmos.read(KUBECONFIG);

    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2", "-i", "DEV"))
        .isEqualTo(
            new Result(
                0,
                "",
                "EKS kubeconfig: " + DEMO + " is up to date\ncurrent context: " + DEMO + "\n"));
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(before);
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2", "--dry-run").answer())
        .isEqualTo("nothing would change\n");
  }

  @ParameterizedTest
  @EnumSource
  void remove_afterAdding_givesBackTheFileByteForByte(View view) {
    AtmosRun atmos = project(view).privateFile(KUBECONFIG, FOREIGN);
    update(atmos, "--name", "demo", "--region", "us-east-2");
    assertThat(atmos.read(KUBECONFIG)).contains("current-context: atmos-eks-dev   # for the tests");

    Result removed = update(atmos, "--name", "demo", "--region", "us-east-2", "--remove");

    assertThat(removed)
        .isEqualTo(
            new Result(
                0,
                "",
                "\u2713 EKS kubeconfig: removed atmos-eks-dev from "
                    + file(view)
                    + "\ncurrent context: minikube\n"));
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(FOREIGN);
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2", "--remove"))
        .isEqualTo(
            new Result(
                0,
                "",
                "nothing to remove: "
                    + file(view)
                    + " has no entries for cluster 'demo' in us-east-2 with identity 'dev'\n"));
    assertThat(clusters.aws().count(Operation.DESCRIBE_CLUSTER)).isEqualTo(1);
  }

  /** As {@code kubectl} would start it: in some directory, with variables of its own. */
  private String keyId(FakeFiles files, Context context) {
    AtmosRun elsewhere =
        clusters
            .in(AtmosRun.in(files.cd(files.isWindows() ? "C:\\elsewhere" : "/elsewhere")))
            .file("atmos.yaml", "auth: {identities: {wrong: {kind: ambient}}}\n")
            .env("ATMOS_CONFIG", "atmos.yaml")
            .env("ATMOS_PROFILE", "nowhere")
            .env("ATMOS_CHDIR", "nowhere")
            .env("ATMOS_BASE_PATH", "nowhere")
            .env("ATMOS_CONFIG_PATH", "nowhere")
            .env("ATMOS_IDENTITY", "nobody")
            .env("ATMOS_AUTH_REALM", "other");
    context.env().forEach(elsewhere::env);
    Result result = elsewhere.run(context.words().toArray(String[]::new));
    files.cd(files.isWindows() ? "C:\\project" : "/project");
    return result.keyId();
  }

  @ParameterizedTest
  @EnumSource
  void entries_ofManyIdentitiesAndClusters_areSeparateAndStableAndRight(View view) {
    FakeFiles files = view == View.UNIX ? FakeFiles.unix() : FakeFiles.windows();
    AtmosRun atmos = clusters.project(AtmosRun.in(files)).privateFile(KUBECONFIG, FOREIGN);
    List<List<String>> asked =
        List.of(
            List.of("--name", "demo", "--region", "us-east-2", "-i", "dev"),
            List.of("--name", "demo", "--region", "us-east-2", "-i", "ops"),
            List.of("--name", "other", "--region", "us-east-2", "-i", "dev"),
            List.of("--name", "demo", "--region", "eu-west-1", "-i", "dev"),
            List.of("--name", "demo", "--region", "us-east-2", "-i", "far"),
            List.of("--name", "demo", "-i", "far"),
            List.of("--integration", "dev/eks"));
    for (List<String> words : asked) {
      assertThat(update(atmos, words.toArray(String[]::new)).exitCode()).isZero();
    }
    String written = atmos.read(KUBECONFIG);
    for (List<String> words : asked) {
      List<String> again = new ArrayList<>(words);
      again.add("--no-switch");
      assertThat(update(atmos, again.toArray(String[]::new)).stderr()).contains(" is up to date\n");
    }
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(written);
    // What is foreign comes first in each list, and stays as it was.
    FOREIGN
        .replace("current-context: minikube ", "current-context: dev-eks ")
        .lines()
        .forEach(line -> assertThat(written.lines()).contains(line));

    Map<String, Context> contexts = contexts(written);
    assertThat(contexts.keySet())
        .containsExactlyInAnyOrder(
            DEMO,
            "dev-eks",
            "atmos-eks-dev",
            "atmos-eks-Ops",
            DEMO.replace("demo", "other"),
            DEMO.replace("us-east-2", "eu-west-1"),
            DEMO.replace(Clusters.ONE, Clusters.TWO),
            DEMO.replace(Clusters.ONE, Clusters.TWO).replace("us-east-2", "eu-west-1"));
    assertThat(context(written, DEMO).words()).as("the AWS CLI's").contains("get-token");
    Map<String, String> keys = Map.of("dev", "AKIDEXAMPLE", "Ops", "AKIDOPS", "far", "AKIDFAR");
    for (Map.Entry<String, Context> each : contexts.entrySet()) {
      Context context = each.getValue();
      if (context.words().contains("get-token")) {
        continue;
      }
      String identity = context.option("--identity");
      String account = identity.equals("far") ? Clusters.TWO : Clusters.ONE;
      assertThat(context.server())
          .as(each.getKey())
          .isEqualTo(
              "https://"
                  + context.option("--cluster-name")
                  + "-"
                  + account
                  + "."
                  + context.option("--region")
                  + ".example");
      assertThat(keyId(files, context)).as(each.getKey()).isEqualTo(keys.get(identity));
    }
    assertThat(contexts.values().stream().map(Context::user).distinct())
        .as("each cluster and identity has a user of its own")
        .hasSize(7);

    for (List<String> words : asked) {
      List<String> remove = new ArrayList<>(words);
      remove.add("--remove");
      update(atmos, remove.toArray(String[]::new));
    }
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(FOREIGN);
  }

  @ParameterizedTest
  @EnumSource
  void entry_ofAProfile_meansTheSameElsewhere(View view) {
    FakeFiles files = view == View.UNIX ? FakeFiles.unix() : FakeFiles.windows();
    AtmosRun atmos =
        clusters
            .in(AtmosRun.in(files))
            .file("atmos.yaml", "auth: {realm: shop}\n")
            .file("profiles/ops/auth.yaml", Clusters.CONFIGURATION);
    update(atmos, "--profile", "ops", "--name", "demo", "-i", "o");

    Context context = context(atmos.read(KUBECONFIG), DEMO);
    assertThat(context.env())
        .containsEntry("ATMOS_PROFILE", "ops")
        .containsEntry("ATMOS_AUTH_REALM", "shop");
    assertThat(context.words()).endsWith("--region", "us-east-2", "--identity", "Ops");
    assertThat(keyId(files, context)).isEqualTo("AKIDOPS");
  }

  @ParameterizedTest
  @EnumSource
  void entry_withoutAnIdentity_takesTheEnvironmentAlsoWhereIdentitiesAreConfigured(View view) {
    FakeFiles files = view == View.UNIX ? FakeFiles.unix() : FakeFiles.windows();
    AtmosRun atmos = clusters.project(AtmosRun.in(files)).keys().env("ATMOS_IDENTITY", "off");
    update(atmos, "--name", "demo", "--region", "us-east-2");

    Context context = context(atmos.read(KUBECONFIG), DEMO);
    assertThat(context.user()).isEqualTo("atmos-eks-demo-us-east-2");
    assertThat(context.words()).hasSize(7).doesNotContain("--identity");
    assertThat(context.env())
        .containsEntry("ATMOS_IDENTITY", "off")
        .doesNotContainKey("AWS_PROFILE");
  }

  @Test
  void entry_ofAFileThatIsTrustedByAVariableOnly_asksForTrust() {
    FakeFiles files = FakeFiles.unix();
    String command = "print the secret";
    AtmosRun atmos =
        clusters
            .in(AtmosRun.in(files))
            .file(
                "atmos.yaml", Clusters.CONFIGURATION.replace("!env SECRET_OPS", "!exec " + command))
            .command(command, "secretOfOps")
            .env("ATMOS_TRUSTED_PATHS", "/project");
    update(atmos, "--name", "demo", "-i", "ops");
    Context context = context(atmos.read(KUBECONFIG), DEMO);

    AtmosRun elsewhere =
        clusters.in(AtmosRun.in(files.cd("/elsewhere"))).command(command, "secretOfOps");
    context.env().forEach(elsewhere::env);
    String[] words = context.words().toArray(String[]::new);
    elsewhere
        .run(words)
        .failedSaying(
            2,
            "this file is not trusted, and wants to run a command; read it, then run:"
                + " atmos config trust /project/atmos.yaml");
    elsewhere.run("config", "trust", "--yes", "/project/atmos.yaml");
    assertThat(elsewhere.run(words).keyId()).isEqualTo("AKIDOPS");
  }

  @Test
  void option_ofTheCommand_isCompletedFromTheConfiguration() {
    AtmosRun atmos = project(View.UNIX);
    assertThat(complete(atmos, "--integration", "e")).contains("elsewhere\n", "dev/eks\n");
    assertThat(complete(atmos, "--name", "")).contains("demo\n");
    assertThat(complete(atmos, "--identity", "")).contains("dev\n", "Ops\n", "far\n");
    assertThat(complete(atmos, "--region", "us-")).contains("us-east-2\n");
    assertThat(complete(atmos, "--output", "")).contains("text\njson\n");
    assertThat(complete(atmos, "--")).contains("--no-switch", "--user-alias", "--dry-run");
  }

  private static String complete(AtmosRun atmos, String... words) {
    List<String> all =
        new ArrayList<>(List.of("__complete", "--", "aws", "eks", "update-kubeconfig"));
    all.addAll(List.of(words));
    return atmos.run(all.toArray(String[]::new)).answer();
  }

  @Test
  void entry_ofAnAwsProfile_namesIt() {
    AtmosRun atmos =
        clusters
            .in(View.UNIX.atmos())
            .file(
                "~/.aws/credentials",
                "[work]\naws_access_key_id = AKIDOPS\naws_secret_access_key = secretOfOps\n")
            .env("AWS_PROFILE", "work");
    update(atmos, "--name", "demo", "--region", "us-east-2");

    assertThat(context(atmos.read(KUBECONFIG), DEMO).env())
        .containsEntry("AWS_PROFILE", "work")
        .containsEntry("AWS_ACCESS_KEY_ID", "")
        .containsEntry("ATMOS_CONFIG", "");
  }

  @ParameterizedTest
  @CsvSource({"here, work", "team, work", "dev, "})
  void entry_ofAnIdentityThatStartsFromTheEnvironment_namesTheAwsProfile(
      String identity, @Nullable String profile) {
    AtmosRun atmos =
        clusters
            .in(View.UNIX.atmos())
            .file(
                "atmos.yaml",
                """
                auth:
                  identities:
                    here: {kind: aws/ambient}
                    team:
                      kind: aws/assume-role
                      via: {identity: here}
                      principal: {assume_role: "arn:aws:iam::111122223333:role/Team", region: us-east-2}
                    dev:
                      kind: aws/user
                      credentials: {access_key_id: AKIDOPS, secret_access_key: !env SECRET_OPS}
                """)
            .env("AWS_SHARED_CREDENTIALS_FILE", "~/creds")
            .env("AWS_PROFILE", "work");
    clusters
        .aws()
        .add(Role.of(Clusters.ONE, "Team").trusting("arn:aws:iam::111122223333:user/ops"));
    atmos.file(
        "~/creds", "[work]\naws_access_key_id = AKIDOPS\naws_secret_access_key = secretOfOps\n");
    update(atmos, "--name", "demo", "--region", "us-east-2", "-i", identity);
    Map<String, String> env = context(atmos.read(KUBECONFIG), DEMO).env();

    assertThat(env.get("AWS_PROFILE")).isEqualTo(profile);
    assertThat(env.get("AWS_SHARED_CREDENTIALS_FILE"))
        .isEqualTo(profile == null ? null : "/home/dev/creds");
    assertThat(env.get("AWS_ACCESS_KEY_ID")).isEqualTo(profile == null ? null : "");
  }

  @ParameterizedTest
  @EnumSource
  void region_ifNotTyped_isTheIdentitysElseTheShells(View view) {
    AtmosRun atmos = project(view).env("AWS_REGION", "us-east-2");
    update(atmos, "--name", "demo", "-i", "far");
    update(atmos, "--name", "demo", "-i", "dev");
    assertThat(contexts(atmos.read(KUBECONFIG)).keySet())
        .containsExactly(
            DEMO.replace(Clusters.ONE, Clusters.TWO).replace("us-east-2", "eu-west-1"), DEMO);
    update(atmos, "--name", DEMO.replace("us-east-2", "eu-west-1"), "-i", "dev");
    assertThat(contexts(atmos.read(KUBECONFIG)))
        .containsKey(DEMO.replace("us-east-2", "eu-west-1"));
  }

  @ParameterizedTest
  @EnumSource
  void integrations_withAllFields_areSetUp(View view) {
    AtmosRun atmos =
        project(view)
            .env("PLACE", "kube/d")
            .env("ATMOS_TRUSTED_PATHS", view == View.WINDOWS ? "C:\\project" : "/project")
            .privateFile(KUBECONFIG, FOREIGN);

    assertThat(update(atmos, "--integration", "ELSEWHERE").stderr())
        .contains("current context: ", "; to use it: kubectl --kubeconfig ");
    assertThat(contexts(atmos.read("~/kube/d/far"))).hasSize(1);
    assertThat(update(atmos, "--integration", "dev/eks").stderr())
        .contains("\ncurrent context: dev-eks\n");
    assertThat(update(atmos, "--integration", "once").exitCode()).isZero();
    assertThat(update(atmos, "--integration", "once").exitCode())
        .as("what is the same is no error")
        .isZero();
    assertThat(update(atmos, "--integration", "dev/eks", "--remove").stderr())
        .contains("removed dev-eks from");
    update(atmos, "--integration", "elsewhere", "--remove");
    update(atmos, "--integration", "once", "--remove");
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(FOREIGN);
  }

  @ParameterizedTest
  @EnumSource
  void severalClusters_ofWhichSomeFail_loseNoOther(View view) {
    AtmosRun atmos = project(view).privateFile(KUBECONFIG, FOREIGN);
    clusters
        .aws()
        .add(Cluster.of("young", Clusters.ONE, "us-east-2").status("CREATING").raw("", ""));

    Result result =
        update(
            atmos,
            "--name",
            "demo",
            "--name",
            "young",
            "--name",
            "gone",
            "--name",
            "other",
            "--name",
            "demo",
            "--region",
            "us-east-2");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr().lines())
        .containsExactly(
            "atmos: cluster 'young' in us-east-2 is CREATING: it can't be used yet; wait until it"
                + " is ACTIVE, then run this again",
            "atmos: there is no cluster 'gone' in us-east-2 in the account of these credentials;"
                + " there is: demo, other, young",
            "\u2713 EKS kubeconfig: atmos-eks-dev \u2192 " + file(view),
            "\u2713 EKS kubeconfig: " + DEMO.replace("demo", "other") + " \u2192 " + file(view),
            "to use it: kubectl config use-context atmos-eks-dev",
            "to use it: kubectl config use-context " + DEMO.replace("demo", "other"));
    assertThat(contexts(atmos.read(KUBECONFIG))).hasSize(3);
  }

  @Test
  void severalIntegrations_ofWhichSomeFail_tellAProgram() {
    Result result =
        update(
            project(View.UNIX),
            "--integration",
            "locked-out",
            "--integration",
            "dev/eks",
            "--integration",
            "gone",
            "--output",
            "json",
            "--dry-run");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.stdout())
        .startsWith("{\n  \"dryRun\": true,\n")
        .contains(
            "\"context\": \"dev-eks\"",
            "\"message\": \"identity 'signed-out' needs a sign-in: the configuration has no access"
                + " key for 'signed-out'\"",
            "\"exitCode\": 4",
            "\"cluster\": \"gone\"");
  }

  @Test
  void dryRun_ofANewCluster_printsThePlanAndWritesNothing() {
    AtmosRun atmos = project(View.UNIX).privateFile(KUBECONFIG, FOREIGN);
    String[] words = {"--name", "other", "--region", "us-east-2", "--alias", "o", "--dry-run"};
    String plan =
        """
        add cluster "arn:aws:eks:us-east-2:111122223333:cluster/other" in /home/dev/.kube/config
        add context "o" in /home/dev/.kube/config
        add user "atmos-eks-dev" in /home/dev/.kube/config
        change current context "o" in /home/dev/.kube/config
        """;

    assertThat(update(atmos, words).answer()).isEqualTo(plan).doesNotContain("token");
    List<String> verbose = new ArrayList<>(List.of(words));
    verbose.add("--verbose");
    assertThat(update(atmos, verbose.toArray(String[]::new)).answer())
        .startsWith(plan + "--- /home/dev/.kube/config\n# my clusters\n")
        .contains("a token of somebody's", "current-context: o   # for the tests");
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(FOREIGN);
  }

  @Test
  void verbose_ofANewCluster_tellsOfEveryChange() {
    assertThat(
            update(
                    project(View.UNIX),
                    "--name",
                    "other",
                    "--region",
                    "us-east-2",
                    "--alias",
                    "o",
                    "--user-alias",
                    "me",
                    "--no-switch",
                    "--verbose")
                .stderr())
        .isEqualTo(
            """
            add cluster "arn:aws:eks:us-east-2:111122223333:cluster/other" in /home/dev/.kube/config
            add context "o" in /home/dev/.kube/config
            add user "me" in /home/dev/.kube/config
            \u2713 EKS kubeconfig: o \u2192 /home/dev/.kube/config
            to use it: kubectl config use-context o
            """);
  }

  @Test
  void remove_ofAnIdentityThatIsGone_takesOutWhatItAdded() {
    AtmosRun atmos = project(View.UNIX).privateFile(KUBECONFIG, FOREIGN);
    update(atmos, "--name", "demo", "-i", "ops");
    atmos.file("atmos.yaml", "auth: {identities: {dev: {kind: ambient}}}\n");

    update(atmos, "--name", "demo", "--region", "us-east-2", "-i", "gone", "--remove")
        .failedSaying(2, "unknown identity 'gone'");
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2", "--remove").stderr())
        .endsWith(" with identity 'dev'; it has some with another one: --identity NAME\n");
    assertThat(
            update(atmos, "--name", "demo", "--region", "us-east-2", "-i", "Ops", "--remove")
                .exitCode())
        .isZero();
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(FOREIGN);
  }

  @Test
  void remove_ofANameInTwoAccounts_asksWhichOneIsMeant() {
    AtmosRun atmos = clusters.in(View.UNIX.atmos()).env("AWS_REGION", "us-east-2");
    atmos.env("AWS_ACCESS_KEY_ID", "AKIDOPS").env("AWS_SECRET_ACCESS_KEY", "secretOfOps");
    update(atmos, "--name", "demo");
    atmos.env("AWS_ACCESS_KEY_ID", "AKIDFAR").env("AWS_SECRET_ACCESS_KEY", "secretOfFar");
    update(atmos, "--name", "demo");
    assertThat(contexts(atmos.read(KUBECONFIG))).hasSize(2);

    String far = DEMO.replace(Clusters.ONE, Clusters.TWO);
    update(atmos, "--name", "demo", "--remove")
        .failed(
            2,
            "cluster 'demo' in us-east-2 could be any of "
                + DEMO
                + ", "
                + far
                + "; choose one: --name ARN");
    assertThat(update(atmos, "--name", DEMO, "--remove").stderr())
        .startsWith("\u2713 EKS kubeconfig: removed " + DEMO);
    assertThat(contexts(atmos.read(KUBECONFIG)).keySet()).containsExactly(far);
  }

  // ---- which program kubectl runs

  /** Unpacked somewhere. */
  private record Unpacked(Path path) implements Installation {
    private static Installation own() {
      return dev.atmos.cli.bootstrap.ClassPath.installation();
    }

    @Override
    public Optional<Path> launcher() {
      return Optional.of(path);
    }

    @Override
    public String build() {
      return own().build();
    }

    @Override
    public Properties builtInPlugins() throws IOException {
      return own().builtInPlugins();
    }

    @Override
    public boolean startupCacheInUse() {
      return false;
    }

    @Override
    public List<StartupCache> startupCaches() {
      return List.of();
    }

    @Override
    public void makeStartupCaches(CommandConsole console) {}

    @Override
    public String javaVersion() {
      return "25";
    }
  }

  @Test
  void command_whereAnotherProgramIsOnPath_isTheLauncherItself() throws IOException {
    FakeFiles files = FakeFiles.unix();
    Path launcher = files.write("/opt/atmos/bin/atmos", "");
    Path other = files.write("/usr/bin/atmos", "");
    AtmosRun atmos = clusters.project(AtmosRun.in(files)).installed(new Unpacked(launcher));

    Result result = update(atmos, "--name", "demo", "--region", "us-east-2");
    assertThat(result.stderr())
        .endsWith("kubectl will run /opt/atmos/bin/atmos, as the atmos on PATH is not this one\n");
    assertThat(atmos.read(KUBECONFIG)).contains("      command: /opt/atmos/bin/atmos\n");

    atmos
        .machine()
        .processes()
        .program(
            "atmos",
            other,
            program -> {
              throw new IOException("nobody runs it");
            });
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2").stderr())
        .contains("is up to date")
        .contains("kubectl will run /opt/atmos/bin/atmos");

    java.nio.file.Files.delete(other);
    java.nio.file.Files.createSymbolicLink(other, launcher);
    assertThat(update(atmos, "--name", "demo", "--region", "us-east-2").stderr())
        .doesNotContain("kubectl will run");
    assertThat(atmos.read(KUBECONFIG))
        .as("a path that leads here may be what the user wants")
        .contains("      command: /opt/atmos/bin/atmos\n");
  }
}
