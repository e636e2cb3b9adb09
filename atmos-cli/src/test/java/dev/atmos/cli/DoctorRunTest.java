package dev.atmos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.cli.AtmosRun.Result;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.protocol.Operation;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.http.ConnectProxy;
import dev.atmos.loopback.kubernetes.ApiServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code aws eks doctor} in whole runs: each check, and what it says of each fault. */
final class DoctorRunTest {
  private static final String ACCOUNT = "111122223333";
  private static final String DEV = "arn:aws:iam::111122223333:user/dev";
  private static final String UPDATE =
      "atmos aws eks update-kubeconfig --name demo --region us-east-2 -i dev";
  private static final String CONFIGURATION =
      """
      auth:
        identities:
          dev:
            kind: aws/user
            default: true
            credentials: {access_key_id: %s, secret_access_key: !env SECRET}
          sso:
            kind: aws/permission-set
            via: {provider: acme}
            principal: {name: Developer, account: {id: "111122223333"}}
        providers:
          acme:
            kind: aws/iam-identity-center
            start_url: https://acme.awsapps.com/start
            region: us-east-1
      """
          .formatted(AtmosRun.KEY_ID);

  private final AtmosRun atmos =
      AtmosRun.unix()
          .file("atmos.yaml", CONFIGURATION)
          .env("SECRET", AtmosRun.SECRET)
          .env("ATMOS_KEYRING_TYPE", "plain")
          .env("LANG", "C.UTF-8")
          .program("atmos", "/home/dev/bin/atmos");
  private LoopbackAws aws;
  private ApiServer server;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    Clock clock = atmos.machine().clock();
    aws = LoopbackAws.start(clock);
    server =
        ApiServer.forCluster("demo")
            .clock(clock)
            .accessKey(AtmosRun.KEY_ID, AtmosRun.SECRET)
            .start();
    cluster = Cluster.of("demo", ACCOUNT, "us-east-2").server(server.url(), server.caPem());
    aws.add(IamUser.of(ACCOUNT, "dev").key(AtmosRun.KEY_ID, AtmosRun.SECRET))
        .add(cluster)
        .access(cluster, "API", DEV);
    atmos.env("AWS_ENDPOINT_URL", aws.url());
    atmos.run("aws", "eks", "update-kubeconfig", "--name", "demo", "--region", "us-east-2");
  }

  @AfterEach
  void stop() {
    server.close();
    aws.close();
  }

  /** What came of a check: its mark, its message and its cure. */
  private record Row(String mark, String message, String cure) {}

  private static Map<String, Row> rows(Result result) {
    Map<String, Row> rows = new LinkedHashMap<>();
    String last = "";
    for (String line : result.stdout().lines().skip(1).toList()) {
      String text = line.strip();
      if (text.startsWith("\u2192 ")) {
        Row row = Objects.requireNonNull(rows.get(last));
        rows.put(last, new Row(row.mark(), row.message(), text.substring(2)));
      } else {
        String[] words = text.split(" +", 3);
        last = words[1];
        rows.put(last, new Row(words[0], words[2], ""));
      }
    }
    return rows;
  }

  private static Row row(Result result, String check) {
    return Objects.requireNonNull(rows(result).get(check), check);
  }

  private Result doctor(String... words) {
    String[] all = new String[words.length + 3];
    System.arraycopy(new String[] {"aws", "eks", "doctor"}, 0, all, 0, 3);
    System.arraycopy(words, 0, all, 3, words.length);
    return atmos.unchecked(all);
  }

  /** The entry with a text in place of another one. */
  private void edit(String old, String text) {
    String before = atmos.read("~/.kube/config");
    assertThat(before).contains(old);
    atmos.file("~/.kube/config", before.replace(old, text));
  }

  private void expect(int exitCode, String check, String message, String cure) {
    Result result = doctor();
    assertThat(row(result, check))
        .as(result.stdout() + result.stderr())
        .isEqualTo(new Row("\u2717", message, cure));
    assertThat(result.exitCode()).as(result.stdout()).isEqualTo(exitCode);
    assertThat(result.stdout()).doesNotContain("k8s-aws-v1.");
  }

  @Test
  void allThatIsWell_isMarked() {
    atmos.program("atmos", "/usr/bin/atmos").file("/usr/bin/atmos", "");

    Result result = doctor();

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout())
        .isEqualTo(
            """
            arn:aws:eks:us-east-2:111122223333:cluster/demo
              \u2713 entry          it signs for cluster 'demo' in us-east-2, in /home/dev/.kube/config
              \u2713 command        kubectl finds /usr/bin/atmos
              \u2713 configuration  identity 'dev' of /project/atmos.yaml
              \u2713 credentials    AWS knows them as arn:aws:iam::111122223333:user/dev
              \u2713 clock          it differs by 0 s from AWS's
              \u2713 token          it is signed for sts.us-east-2.amazonaws.com, in 481 characters
              \u2713 endpoint       it answers at 127.0.0.1:%d
              \u2713 api            GET /api is answered: the cluster knows the user
              \u2713 cluster        it is ACTIVE; it takes access entries; its endpoint is public
              \u2713 access         there is an access entry of arn:aws:iam::111122223333:user/dev
            """
                .formatted(server.port()));
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void identity_isTheEntrys_inTheConfigurationThatItNames() {
    atmos.file("/elsewhere/atmos.yaml", "auth: {identities: {other: {kind: ambient}}}");

    Result result = doctor("--chdir", "/elsewhere");

    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
  }

  @Test
  void answer_forPrograms_hasAllKeys() {
    server.forbidAll();

    Result result = doctor("-o", "json");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.stdout())
        .contains("\"cluster\": \"demo\"", "\"identity\": \"dev\"", "\"ok\": false")
        .contains("\"name\": \"api\"", "\"state\": \"failed\"", "\"exit_code\": 5")
        .contains("\"cure\": null");
  }

  @Test
  void context_thatIsNone_isAnErrorThatNamesTheNearest() {
    atmos.file("~/.kube/config", "contexts: [{name: dev, context: {}}]");

    assertThat(doctor("deb"))
        .isEqualTo(new Result(2, "", "atmos: there is no context 'deb'; did you mean dev?\n"));
    assertThat(doctor())
        .isEqualTo(
            new Result(
                2,
                "",
                "atmos: the kubeconfig has no current context; name a context; list the contexts:"
                    + " atmos aws eks clusters\n"));
  }

  // ---- on this machine

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "command: atmos | command: aws | its user gets a token from 'aws', and not from atmos",
        "- us-east-2 | - us-west-2 | its user signs for cluster 'demo' in us-west-2, and its"
            + " cluster is arn:aws:eks:us-east-2:111122223333:cluster/demo",
        "- --region | - --where | its command has no --region",
        "user: atmos-eks-dev | user: nobody | its user 'nobody' is in no kubeconfig",
        "    server: https: | server: http: | its server isn't an https URL, without which kubectl"
            + " sends no token",
        "k8s.io/v1beta1 | k8s.io/v2 | the apiVersion of its command is none that kubectl takes",
      })
  void entry_withAFault_isToBeWrittenAgain(String old, String text, String message) {
    edit(old, text);

    Row row = row(doctor(), "entry");

    assertThat(row.mark()).isEqualTo("\u2717");
    assertThat(row.message()).isEqualTo(message);
    assertThat(row.cure())
        .startsWith("atmos aws eks update-kubeconfig --name demo --region us-east-2");
  }

  @Test
  void entry_withATokenBesideTheCommand_isAFault() {
    edit("    exec:", "    token: example\n    exec:");

    expect(1, "entry", "its user has 'token' beside the command of atmos", UPDATE);
  }

  @Test
  void entry_withABrokenAuthority_isAFault() {
    edit("authority-data: ", "authority-data: '#' #");

    expect(
        1,
        "entry",
        "its certificate authority can't be used: the certificate authority isn't base64",
        UPDATE);
    assertThat(row(doctor(), "endpoint")).isEqualTo(new Row("-", "the entry has a fault", ""));
  }

  @Test
  void entry_withoutVerification_isAFault() {
    edit("\n    server:", "\n    insecure-skip-tls-verify: true\n    server:");

    expect(
        1,
        "entry",
        "the entry of the cluster turns the verification of its certificate off",
        "kubectl config set-cluster arn:aws:eks:us-east-2:111122223333:cluster/demo"
            + " --insecure-skip-tls-verify=false");
  }

  @Test
  void command_thatIsMissing_isAFault() {
    edit("command: atmos", "command: /opt/atmos");

    expect(1, "command", "there is no program /opt/atmos", UPDATE);
  }

  @Test
  void command_thatOnlyShellsFind_isAWarning() {
    Result result = doctor();

    assertThat(row(result, "command"))
        .isEqualTo(
            new Row(
                "!",
                "kubectl finds /home/dev/bin/atmos, but programs with windows, whose PATH is"
                    + " /usr/bin:/bin:/usr/sbin:/sbin, don't",
                UPDATE + " --command absolute"));
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void configuration_withoutTheIdentity_isAFault() {
    atmos.file("atmos.yaml", CONFIGURATION.replace("dev:", "ops:"));

    Result result = doctor();

    assertThat(row(result, "configuration").mark()).isEqualTo("\u2717");
    assertThat(row(result, "configuration").message()).contains("'dev'");
    assertThat(row(result, "credentials")).isEqualTo(new Row("-", "there is no identity", ""));
    assertThat(row(result, "api")).isEqualTo(new Row("-", "there is no token", ""));
    assertThat(row(result, "endpoint").mark()).isEqualTo("\u2713");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void credentials_ofSomebodyWhoHasToSignIn_areNone() {
    edit("- dev", "- sso");

    Result result = doctor();

    assertThat(row(result, "credentials").mark()).isEqualTo("\u2717");
    assertThat(row(result, "credentials").cure()).contains("atmos auth login");
    assertThat(result.exitCode()).isEqualTo(4);
  }

  @Test
  void credentials_thatAwsDoesNotTake_areNone() {
    aws.revoke(AtmosRun.KEY_ID);

    Result result = doctor();

    assertThat(row(result, "credentials").mark()).isEqualTo("\u2717");
    assertThat(row(result, "token").mark()).isEqualTo("\u2713");
    assertThat(result.exitCode()).isEqualTo(4);
  }

  @Test
  void clock_thatIsWrong_isToBeSet() {
    aws.clock(Clock.offset(atmos.machine().clock(), Duration.ofMinutes(-20)));
    atmos.program("timedatectl", "/usr/bin/timedatectl");

    Row row = row(doctor(), "clock");

    assertThat(row)
        .isEqualTo(
            new Row(
                "\u2717",
                "the clock of this machine is 20 min ahead of AWS's",
                "set the clock: sudo timedatectl set-ntp true"));
  }

  @Test
  void token_thatIsTooLong_isRefusedBeforehand() {
    edit("- --identity", "- --region=us-east-2");
    edit("- dev", "- --identity=off");
    atmos.keys().env("AWS_SESSION_TOKEN", "x".repeat(4000));

    Result result = doctor();
    Row row = row(result, "token");

    assertThat(row.mark()).as(result.stdout()).isEqualTo("\u2717");
    assertThat(row.message())
        .matches("it has \\d{4} characters, and API servers refuse more than 4096: .*too long");
  }

  // ---- at the cluster

  @Test
  void endpoint_thatHasNoAddress_isAFault() {
    edit(server.url(), "https://gone.gr7.us-east-2.eks.amazonaws.com");

    expect(
        6,
        "endpoint",
        "the name of gone.gr7.us-east-2.eks.amazonaws.com or its proxy can't be resolved",
        "if the cluster was recreated: " + UPDATE);
  }

  @Test
  void endpoint_thatNobodyListensAt_isAFault() {
    server.close();

    Result result = doctor();

    assertThat(row(result, "endpoint").message()).startsWith("can't connect to 127.0.0.1 (");
    assertThat(row(result, "endpoint").cure())
        .isEqualTo(
            "connect to the network of the cluster, such as its VPN; who else is let in: aws eks"
                + " describe-cluster --name demo --region us-east-2");
    assertThat(row(result, "api")).isEqualTo(new Row("-", "there is no answer", ""));
    assertThat(row(result, "cluster").mark()).isEqualTo("\u2713");
    assertThat(result.exitCode()).isEqualTo(6);
  }

  @Test
  void endpoint_behindAProxyThatRefuses_isAFault() throws IOException {
    try (ConnectProxy proxy = aws.startProxy("user:password")) {
      edit(
          "\n    server:",
          "\n    proxy-url: http://user:hunter2@127.0.0.1:" + proxy.port() + "\n    server:");

      Result result = doctor();

      assertThat(row(result, "endpoint").message())
          .isEqualTo("the proxy leads nowhere: the proxy answers with status 407");
      assertThat(result.stdout()).doesNotContain("hunter2");
      assertThat(result.exitCode()).isEqualTo(6);
    }
  }

  @Test
  void endpoint_ofAnotherAuthority_isAFaultOfTheEntry() throws IOException {
    try (ApiServer other = ApiServer.forCluster("demo").start()) {
      edit(server.url(), other.url());

      expect(
          1,
          "endpoint",
          "the certificate of 127.0.0.1 isn't one of the entry's certificate authority",
          UPDATE);
    }
  }

  @Test
  void endpoint_thatHasAnotherName_isAFault() {
    edit("\n    server:", "\n    tls-server-name: other.example\n    server:");

    Row row = row(doctor(), "endpoint");

    assertThat(row.mark()).isEqualTo("\u2717");
    assertThat(row.message()).startsWith("TLS with 127.0.0.1 fails: ");
    assertThat(row.message()).contains("other.example");
    assertThat(row.cure())
        .isEqualTo(
            "kubectl config set-cluster arn:aws:eks:us-east-2:111122223333:cluster/demo"
                + " --tls-server-name=");
  }

  @Test
  void user_thatTheClusterDoesNotKnow_isToBeMapped() {
    server.refuseNext(1);

    expect(
        5,
        "api",
        "the cluster doesn't know the user (GET /api: 401)",
        "map it: aws eks create-access-entry --cluster-name demo --region us-east-2"
            + " --principal-arn arn:aws:iam::111122223333:user/dev");
  }

  @Test
  void user_thatMayDoNothing_isAMatterOfRbac() {
    server.forbidAll();

    expect(
        5,
        "api",
        "the cluster knows the user, and its RBAC doesn't allow GET /api (403): forbidden: User"
            + " \"aws:AKIDEXAMPLE\" cannot get path \"/api\"",
        "kubectl auth can-i --list --context arn:aws:eks:us-east-2:111122223333:cluster/demo");
  }

  // ---- at EKS

  @Test
  void cluster_thatIsGone_isToBeRemoved() {
    aws.remove(cluster);

    expect(
        1,
        "cluster",
        "EKS has no cluster 'demo' in us-east-2 in the account of these credentials",
        UPDATE + " --remove");
  }

  @Test
  void cluster_thatIsBeingMade_isToBeWaitedFor() {
    aws.add(cluster.status("CREATING"));

    expect(
        6,
        "cluster",
        "the cluster is 'CREATING', and not ACTIVE",
        "wait until it is ACTIVE, then run this again");
  }

  @Test
  void cluster_thatWasMadeAnew_hasAnotherAuthority() throws IOException {
    try (ApiServer other = ApiServer.forCluster("demo").start()) {
      aws.add(cluster.server(other.url(), other.caPem()));
      server.refuseNext(1);

      Row row = row(doctor(), "cluster");

      assertThat(row)
          .isEqualTo(
              new Row(
                  "\u2717", "its certificate authority is another one than in the entry", UPDATE));
    }
  }

  @Test
  void access_withoutAnEntry_isToBeGiven() {
    aws.access(cluster, "API", "arn:aws:iam::111122223333:role/dev");
    server.refuseNext(1);

    Row row = row(doctor(), "access");

    assertThat(row)
        .isEqualTo(
            new Row(
                "\u2717",
                "there is no access entry of arn:aws:iam::111122223333:user/dev",
                "aws eks create-access-entry --cluster-name demo --region us-east-2"
                    + " --principal-arn arn:aws:iam::111122223333:user/dev"));
  }

  @Test
  void eks_thatMayNotBeAsked_isNoFault() {
    aws.deny(DEV, Operation.LIST_ACCESS_ENTRIES);
    Map<String, Row> rows = rows(doctor());
    assertThat(rows.get("access"))
        .isEqualTo(new Row("?", "these credentials aren't allowed to list the access entries", ""));

    aws.deny(DEV, Operation.DESCRIBE_CLUSTER);
    Result result = doctor();
    assertThat(row(result, "cluster"))
        .isEqualTo(new Row("?", "these credentials aren't allowed to describe the cluster", ""));
    assertThat(row(result, "access"))
        .isEqualTo(new Row("-", "nothing is known of the cluster", ""));
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void access_byTheConfigMapAlone_isNotShownByEks() {
    aws.access(cluster, "CONFIG_MAP");

    assertThat(row(doctor(), "access"))
        .isEqualTo(
            new Row("?", "the config map aws-auth alone decides, which EKS doesn't show", ""));
  }
}
