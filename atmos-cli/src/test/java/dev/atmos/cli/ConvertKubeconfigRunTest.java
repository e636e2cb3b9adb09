package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.cli.Clusters.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code atmos aws eks convert-kubeconfig}, on entries as other programs write them. */
class ConvertKubeconfigRunTest {
  private static final String KUBECONFIG = "~/.kube/config";
  private static final String HOST = "https://0A1B2C3D.gr7.us-east-2.eks.amazonaws.com";
  private static final String V1BETA1 = "apiVersion: client.authentication.k8s.io/v1beta1";
  private static final String DEPLOY = "arn:aws:iam::111122223333:role/Deploy";
  private static final String UUID = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";

  private static final String CONFIGURATION =
      """
      auth:
        providers:
          corp:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-1
        identities:
          admin:
            kind: aws/permission-set
            via: {provider: corp}
            principal: {name: Admin, account: {id: "111122223333"}}
          deploy:
            kind: aws/assume-role
            via: {identity: admin}
            principal: {assume_role: "arn:aws:iam::111122223333:role/Deploy"}
          audit:
            kind: aws/assume-role
            via: {identity: admin}
            principal: {assume_role: "arn:aws:iam::444455556666:role/Audit"}
      """;

  /**
   * An entry, and what becomes of it.
   *
   * @param cluster the name of its cluster entry
   * @param user what is in its user entry, a line or more
   * @param expected {@code identity X}, {@code profile X} or {@code environment}, {@code left} with
   *     a part of the reason, or {@code -} for what isn't even reported
   */
  private record Entry(String name, String cluster, String server, String user, String expected) {}

  private static String mine(String name) {
    return "arn:aws:eks:us-east-2:111122223333:cluster/" + name;
  }

  private static String theirs(String name) {
    return "arn:aws:eks:us-east-2:444455556666:cluster/" + name;
  }

  private static String exec(String command, String args, String... more) {
    return "exec: {"
        + V1BETA1
        + ", command: "
        + command
        + ", args: ["
        + args
        + "]"
        + (more.length == 0 ? "" : ", " + String.join(", ", more))
        + "}";
  }

  private static String env(String... namesAndValues) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.add("{name: " + namesAndValues[i] + ", value: '" + namesAndValues[i + 1] + "'}");
    }
    return "env: [" + String.join(", ", all) + "]";
  }

  private static Entry of(String name, String cluster, String user, String expected) {
    return new Entry(name, cluster, HOST, user, expected);
  }

  private static String cli(String cluster, String... more) {
    return exec(
        "aws",
        "--region, us-east-2, eks, get-token, --cluster-name, " + cluster + ", --output, json",
        more);
  }

  private static final List<Entry> ENTRIES =
      List.of(
          of("aws", theirs("a1"), cli("a1"), "identity audit"),
          of(
              "aws with a profile",
              theirs("a2"),
              cli("a2", env("AWS_PROFILE", "work")),
              "profile work"),
          of(
              "aws with --profile before the words",
              theirs("a3"),
              exec("aws", "--profile=work, eks, get-token, --cluster-name=a3, --region=us-east-2"),
              "profile work"),
          of(
              "aws with a profile and files",
              theirs("a4"),
              cli("a4", env("AWS_PROFILE", "work", "AWS_CONFIG_FILE", "/etc/aws")),
              "profile work"),
          of("aws with a role", mine("a5"), cli("a5, --role, '" + DEPLOY + "'"), "identity deploy"),
          of(
              "aws with a role and a profile",
              mine("a6"),
              cli("a6, --role-arn=" + DEPLOY, env("AWS_PROFILE", "work")),
              "identity deploy"),
          of(
              "aws with a role that isn't configured",
              mine("a7"),
              cli("a7, --role-arn, 'arn:aws:iam::111122223333:role/Other'"),
              "left no identity of the configuration is arn:aws:iam::111122223333:role/Other"),
          of(
              "aws with the role of a permission set",
              mine("a8"),
              cli(
                  "a8, --role-arn, 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/"
                      + "AWSReservedSSO_Admin_0123456789abcdef'"),
              "identity admin"),
          of("aws, several identities of the account", mine("a9"), cli("a9"), "left admin"),
          of(
              "aws on Outposts",
              theirs("b1"),
              exec("aws", "--region, us-east-2, eks, get-token, --cluster-id, " + UUID),
              "identity audit"),
          of(
              "aws of before 2022",
              theirs("b2"),
              "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: aws,"
                  + " args: [--region, us-east-2, eks, get-token, --cluster-name, b2]}",
              "identity audit"),
          of(
              "aws by a path",
              theirs("b3"),
              cli("b3").replace("command: aws", "command: /usr/local/bin/aws"),
              "identity audit"),
          of(
              "aws on Windows",
              theirs("b4"),
              cli("b4").replace("command: aws", "command: 'C:\\Program Files\\Amazon\\aws.exe'"),
              "identity audit"),
          of(
              "aws, exec of v1",
              theirs("b5"),
              cli("b5", "interactiveMode: IfAvailable").replace("v1beta1", "v1"),
              "identity audit"),
          of(
              "aws, region by a variable",
              theirs("b6"),
              exec(
                  "aws", "eks, get-token, --cluster-n, b6", env("AWS_DEFAULT_REGION", "us-east-2")),
              "identity audit"),
          of(
              "aws, region by the ARN",
              theirs("b7"),
              exec("aws", "eks, get-token, --cluster-name, b7"),
              "identity audit"),
          of(
              "aws, region by the server",
              "kubernetes",
              exec("aws", "eks, get-token, --cluster-name, b8", env("AWS_PROFILE", "work")),
              "profile work"),
          new Entry(
              "aws, region by nothing",
              "somewhere",
              "https://10.0.0.1",
              exec("aws", "eks, get-token, --cluster-name, b9"),
              "left nothing says the region"),
          of(
              "aws, two regions",
              theirs("c1"),
              exec("aws", "--region, eu-west-1, eks, get-token, --cluster-name, c1"),
              "left the command says region eu-west-1, and the cluster of context"),
          of(
              "aws, another cluster",
              theirs("c2"),
              cli("other"),
              "left the command says cluster other, and the cluster of context"),
          of(
              "aws with an option of another program",
              theirs("c3"),
              cli("c3, --expiry, '60'"),
              "left atmos has nothing for '--expiry'"),
          of(
              "aws with keys",
              theirs("c4"),
              cli("c4", env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "x")),
              "left it has credentials of its own"),
          of(
              "aws beside a token",
              theirs("c5"),
              cli("c5") + "\n    token: t",
              "left kubectl doesn't run"),
          of(
              "aws, flags and other variables",
              theirs("c6"),
              exec(
                  "aws",
                  "--no-cli-pager, --debug, eks, get-token, --region, us-east-2, --cluster-name,"
                      + " c6",
                  env("HTTPS_PROXY", "http://proxy:3128")),
              "identity audit"),
          of(
              "eksctl",
              "c7.us-east-2.eksctl.io",
              exec(
                  "aws",
                  "eks, get-token, --output, json, --cluster-name, c7, --region, us-east-2",
                  env("AWS_STS_REGIONAL_ENDPOINTS", "regional", "AWS_PROFILE", "work"),
                  "provideClusterInfo: false"),
              "profile work"),
          of(
              "eksctl of before",
              "c8.us-east-2.eksctl.io",
              "exec: {apiVersion: client.authentication.k8s.io/v1alpha1,"
                  + " command: aws-iam-authenticator, args: [token, -i, c8],"
                  + " env: [{name: AWS_PROFILE, value: work}]}",
              "profile work"),
          of(
              "heptio-authenticator-aws",
              theirs("c9"),
              exec("heptio-authenticator-aws", "token, -i, c9"),
              "identity audit"),
          of(
              "aws-iam-authenticator with a role",
              mine("d1"),
              exec("aws-iam-authenticator", "token, -i, d1, -r, '" + DEPLOY + "', -s, me"),
              "identity deploy"),
          of(
              "aws-iam-authenticator, words attached",
              mine("d2"),
              exec("aws-iam-authenticator", "token, -id2, '-r=" + DEPLOY + "', --cache"),
              "identity deploy"),
          of(
              "aws-iam-authenticator with a role by a variable",
              mine("d3"),
              exec("aws-iam-authenticator", "token, --cluster-id=d3", env("DEFAULT_ROLE", DEPLOY)),
              "identity deploy"),
          of(
              "Terraform",
              "eks_d4",
              exec("aws", "eks, get-token, --cluster-name, d4, --role-arn, '" + DEPLOY + "'"),
              "identity deploy"),
          of(
              "atmos in Go",
              mine("d5"),
              exec(
                  "atmos",
                  "aws, eks, token, --cluster-name, d5, --region, us-east-2, --identity=Deploy",
                  env("ATMOS_IDENTITY", "Deploy")),
              "identity deploy"),
          of(
              "atmos in Go, first form",
              mine("d6"),
              exec("atmos", "auth, eks-token, --cluster-name, d6, --region, us-east-2, -i, admin"),
              "identity admin"),
          of(
              "atmos in Go, identity that is gone",
              mine("d7"),
              exec(
                  "atmos",
                  "aws, eks, token, --cluster-name, d7, --region, us-east-2, --identity=gone"),
              "left unknown identity 'gone'"),
          of(
              "aws-vault",
              theirs("d8"),
              exec("aws-vault", "exec, work, --, aws, eks, get-token, --cluster-name, d8"),
              "left what aws-vault sets up"),
          of(
              "sh",
              theirs("d9"),
              exec("sh", "-c, 'AWS_PROFILE=x aws eks get-token --cluster-name d9'"),
              "left what sh sets up"),
          of(
              "env",
              theirs("e1"),
              exec("/usr/bin/env", "AWS_PROFILE=x, aws-iam-authenticator, token, -i, e1"),
              "left what env sets up"),
          of(
              "atmos already",
              theirs("e2"),
              exec(
                  "atmos",
                  "aws, eks, token, --cluster-name, e2, --region, us-east-2",
                  env("ATMOS_CONFIG", "")),
              "-"),
          of("aws, another command", theirs("e3"), exec("aws", "sso, login"), "-"),
          new Entry("GKE", "gke", "https://10.0.0.1", exec("gke-gcloud-auth-plugin", ""), "-"),
          new Entry(
              "Azure",
              "aks",
              "https://a.azmk8s.io",
              exec("kubelogin", "get-token, --login, azurecli").replace("get-token", "get"),
              "-"),
          new Entry("Rancher", "rancher", "https://r.example/k8s/clusters/c", "token: t", "-"),
          new Entry("k3s", "k3s", "https://127.0.0.1:6443", "client-key-data: eA==", "-"));

  private static String user(Entry entry) {
    return entry.name() + "'s user";
  }

  /** A kubeconfig, with comments, that has them all. */
  private static String kubeconfig(List<Entry> entries) {
    StringBuilder text = new StringBuilder("# mine\napiVersion: v1\nkind: Config\nclusters:\n");
    for (Entry each : entries) {
      text.append(
          "- {name: '" + each.cluster() + "', cluster: {server: '" + each.server() + "'}}\n");
    }
    text.append("contexts:\n");
    for (Entry each : entries) {
      text.append("- name: \"" + each.name() + "\"   # a context\n  context:\n    cluster: '");
      text.append(each.cluster() + "'\n    user: \"" + user(each) + "\"\n");
    }
    text.append("users:\n");
    for (Entry each : entries) {
      text.append("- name: \"" + user(each) + "\"   # a user\n  user:\n    " + each.user() + "\n");
    }
    return text.append("current-context: aws  # mine\n").toString();
  }

  private static AtmosRun atmos(String kubeconfig) {
    return AtmosRun.unix().file("atmos.yaml", CONFIGURATION).privateFile(KUBECONFIG, kubeconfig);
  }

  private static Result convert(AtmosRun atmos, String... more) {
    List<String> words = new ArrayList<>(List.of("aws", "eks", "convert-kubeconfig"));
    words.addAll(List.of(more));
    return atmos.run(words.toArray(String[]::new));
  }

  private static Map<String, JsonNode> entries(Result result) throws IOException {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    new ObjectMapper()
        .readTree(result.answer())
        .get("entries")
        .forEach(entry -> entries.put(entry.get("contexts").get(0).textValue(), entry));
    return entries;
  }

  private static String outcome(@Nullable JsonNode entry) {
    if (entry == null) {
      return "-";
    }
    if (!entry.get("converted").booleanValue()) {
      return "left " + entry.get("reason").textValue();
    }
    if (!entry.get("identity").isNull()) {
      return "identity " + entry.get("identity").textValue();
    }
    return entry.get("profile").isNull()
        ? "environment"
        : "profile " + entry.get("profile").textValue();
  }

  @Test
  void entries_ofOtherPrograms_runAtmosAsTheSameOne() throws Exception {
    String before = kubeconfig(ENTRIES);
    AtmosRun atmos = atmos(before);
    Map<String, JsonNode> planned = entries(convert(atmos, "--dry-run", "--output", "json"));
    assertThat(atmos.read(KUBECONFIG)).isEqualTo(before);
    Map<String, JsonNode> done = entries(convert(atmos, "-o", "json"));
    assertThat(done).isEqualTo(planned);

    List<String> table = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Entry each : ENTRIES) {
      String outcome = outcome(done.get(each.name()));
      table.add("%-48s %s".formatted(each.name(), outcome));
      String expected = each.expected();
      if (!outcome.equals(expected)
          && !(expected.startsWith("left ")
              && outcome.startsWith("left ")
              && outcome.contains(expected.substring("left ".length())))) {
        wrong.add(table.getLast() + " instead of " + expected);
      }
    }
    System.out.println(ENTRIES.size() + " entries:\n" + String.join("\n", table));
    assertThat(wrong).isEmpty();

    // Only the lines of the commands have changed, and only of those that were converted.
    List<String> left = atmos.read(KUBECONFIG).lines().toList();
    for (String line : before.lines().toList()) {
      if (!line.startsWith("    exec: ")) {
        assertThat(left).contains(line);
      }
    }
    for (Entry each : ENTRIES) {
      if (!outcome(done.get(each.name())).matches("(identity|profile) .*")) {
        assertThat(left)
            .containsAll(
                each.user()
                    .lines()
                    .map(line -> line.startsWith(" ") ? line : "    " + line)
                    .toList());
      }
    }
    assertThat(entries(convert(atmos, "-o", "json")).values())
        .allMatch(entry -> !entry.get("converted").booleanValue());
  }

  @Test
  void entry_thatIsConverted_isWrittenAsOurs() {
    AtmosRun atmos = atmos(kubeconfig(ENTRIES));
    convert(atmos);
    String text = atmos.read(KUBECONFIG);

    Context context = Clusters.context(text, "aws with a role and a profile");
    assertThat(context.words())
        .containsExactly(
            "aws",
            "eks",
            "token",
            "--cluster-name",
            "a6",
            "--region",
            "us-east-2",
            "--identity",
            "deploy");
    assertThat(context.env())
        .containsEntry("ATMOS_CONFIG", "/project/atmos.yaml")
        .doesNotContainKeys("AWS_PROFILE", "ATMOS_IDENTITY");
    assertThat(Clusters.context(text, "aws with a profile and files").env())
        .containsEntry("ATMOS_IDENTITY", "off")
        .containsEntry("AWS_PROFILE", "work")
        .containsEntry("AWS_CONFIG_FILE", "/etc/aws")
        .containsEntry("AWS_ACCESS_KEY_ID", "");
    assertThat(Clusters.context(text, "aws, flags and other variables").env())
        .containsEntry("HTTPS_PROXY", "http://proxy:3128");
    assertThat(Clusters.context(text, "aws on Outposts").option("--cluster-name")).isEqualTo(UUID);
    assertThat(text)
        .contains("\"apiVersion\": \"client.authentication.k8s.io/v1\", \"command\": \"atmos\"")
        .doesNotContain("atmos.dev/managed");
  }

  @Test
  void report_isOneLineForEachEntry_andASummary() {
    AtmosRun atmos =
        atmos(
            kubeconfig(
                List.of(
                    of("dev", theirs("demo"), cli("demo"), ""),
                    of("wrapped", mine("web"), exec("sh", "-c, 'aws eks get-token'"), ""))));
    assertThat(convert(atmos, "--dry-run"))
        .isEqualTo(
            new Result(
                0,
                "",
                """
                dev: aws → atmos, with identity audit (/home/dev/.kube/config)
                wrapped: left as it is (sh): what sh sets up for the command that it runs isn't known
                1 entry would be converted, 1 left as they are
                """));
    assertThat(convert(atmos).stderr())
        .startsWith("✓ dev: aws → atmos, with identity audit")
        .endsWith("1 entry converted, 1 left as they are\n");
    assertThat(convert(atmos, "--context", "dev").stderr())
        .isEqualTo("no entry runs another program for EKS\n");
  }

  @Test
  void identity_thatIsGiven_isTakenIfItIsOfTheAccount() {
    AtmosRun atmos =
        atmos(
            kubeconfig(
                List.of(
                    of("aws", mine("demo"), cli("demo", env("AWS_PROFILE", "x")), ""),
                    of("far", theirs("far"), cli("far"), ""))));
    assertThat(convert(atmos, "-i", "ADMIN").stderr())
        .contains("aws: aws → atmos, with identity admin")
        .contains(
            "identity 'admin' is of account 111122223333, and the cluster is in account"
                + " 444455556666");
    assertThat(convert(atmos, "-i", "nobody").exitCode()).isEqualTo(2);
    assertThat(convert(atmos, "--context", "nowhere").exitCode()).isEqualTo(2);
  }

  @Test
  void entryWithoutAProfile_whereNoIdentitiesAreConfigured_usesTheEnvironment() {
    AtmosRun atmos =
        AtmosRun.unix()
            .env("AWS_PROFILE", "mine")
            .privateFile(KUBECONFIG, kubeconfig(List.of(of("aws", mine("demo"), cli("demo"), ""))));
    assertThat(convert(atmos).stderr()).contains("with the credentials of the environment");
    assertThat(Clusters.context(atmos.read(KUBECONFIG), "aws").env())
        .containsEntry("ATMOS_IDENTITY", "off")
        .doesNotContainKey("AWS_PROFILE");
  }

  @Test
  void commandThatAnAliasRefersTo_isLeft_andTheOthersAreConverted() {
    String text =
        kubeconfig(
            List.of(
                of("aws", mine("demo"), cli("demo", env("AWS_PROFILE", "x")), ""),
                of("far", theirs("far"), cli("far"), "")));
    text = text.replaceFirst("    exec: \\{", "    exec: &it {") + "x-other: *it\n";
    AtmosRun atmos = atmos(text);
    assertThat(convert(atmos).stderr())
        .contains("aws: left as it is (aws): ")
        .contains("✓ far: aws → atmos")
        .contains("1 entry converted, 1 left as they are");
  }

  @Test
  void identity_whereSeveralFit_isAskedForOnceAtATerminal() {
    List<Entry> entries =
        List.of(of("one", mine("one"), cli("one"), ""), of("two", mine("two"), cli("two"), ""));
    Result result = convert(atmos(kubeconfig(entries)).typing("2"));
    assertThat(result.stderr())
        .containsOnlyOnce("1  admin")
        .contains("one: aws \u2192 atmos, with identity deploy")
        .contains("two: aws \u2192 atmos, with identity deploy");
  }
}
