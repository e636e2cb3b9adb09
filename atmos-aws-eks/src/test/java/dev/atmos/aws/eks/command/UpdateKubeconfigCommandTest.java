package dev.atmos.aws.eks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.aws.eks.FakeKubeconfigEditor;
import dev.atmos.aws.eks.FakeNames;
import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterOverrides;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command by itself; the whole program's tests run it with the real kubeconfigs. */
class UpdateKubeconfigCommandTest {
  private static final String CERTIFICATE =
      Base64.getEncoder()
          .encodeToString(
              "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
                  .getBytes(StandardCharsets.US_ASCII));

  /** What is known of identities; without any, there is {@code dev}. */
  private final Map<String, Description> names = new LinkedHashMap<>();

  private final FakeKubeconfigEditor editor = new FakeKubeconfigEditor();
  private final FakeServices services =
      new FakeServices()
          .withService(KubeconfigEditor.class, editor)
          .withService(ConfiguredNames.class, new Names())
          .withService(WorkRegion.Finder.class, (option, identity) -> Optional.empty())
          .withService(Identities.class, new FakeIdentities(FakeIdentities.example(null, null)));

  private final class Names implements ConfiguredNames {
    private final FakeNames usual = new FakeNames();

    @Override
    public List<String> identities() {
      return names.isEmpty() ? usual.identities() : List.copyOf(names.keySet());
    }

    @Override
    public List<String> providers() {
      return usual.providers();
    }

    @Override
    public List<String> integrations() {
      return usual.integrations();
    }

    @Override
    public Description describe(String identity) {
      return names.getOrDefault(identity, Description.NONE);
    }
  }

  private CommandSpec spec() {
    return UpdateKubeconfigCommand.spec(
        services,
        (request, credentials) -> {
          if (request.name().text().equals("gone")) {
            throw new AtmosException(ExitCode.FAILED, "there is no " + request, "check the name");
          }
          return new ClusterDescription(
              "arn:aws:eks:"
                  + request.region().text()
                  + ":111122223333:cluster/"
                  + request.name().text(),
              "ACTIVE",
              "https://demo.example",
              CERTIFICATE,
              null,
              null,
              request.name().text().equals("web") ? Map.of("team", "shop") : Map.of());
        },
        this::listed);
  }

  /** No two regions are alike. */
  private List<ClusterName> listed(Region region, AwsCredentials credentials) {
    return switch (region.text()) {
      case "us-east-2" -> List.of(new ClusterName("demo"), new ClusterName("web"));
      case "eu-west-1" -> List.of(new ClusterName("demo"));
      case "us-west-2" -> List.of(new ClusterName("gone"), new ClusterName("web"));
      case "eu-west-2" -> throw new AtmosException(ExitCode.UNAVAILABLE, "can't reach eu-west-2");
      case "us-east-1" -> List.of();
      default -> throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "no such region here");
    };
  }

  private int run(String... words) {
    CommandLine line = new CommandLine(spec());
    line.parseArgs(words);
    try {
      return line.<Callable<Integer>>getCommand().call();
    } catch (AtmosException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> said() {
    return services.console().said().lines().toList();
  }

  private List<String> values(String option) {
    List<String> values = new ArrayList<>();
    spec().findOption(option).completionCandidates().forEach(values::add);
    return values;
  }

  @Test
  void oneCluster_becomesTheCurrentContext() {
    assertThat(run("--name", "demo", "--region", "us-east-2", "-i", "dev", "--alias", "d"))
        .isZero();

    KubeconfigChange change = editor.applied().getFirst();
    assertThat(change.contextSwitch()).isEqualTo(CurrentContext.ALWAYS);
    assertThat(change.clusters().getFirst().contextAlias()).isEqualTo("d");
    assertThat(said())
        .containsExactly(
            "\u2713 EKS kubeconfig: d \u2192 /home/dev/.kube/config",
            "to use it: kubectl config use-context d");
  }

  @Test
  void severalClusters_ofWhichOneFails_areAddedInOneWrite() {
    assertThat(
            run(
                "--name",
                "one",
                "--name",
                "gone",
                "--name",
                "two",
                "--name",
                "one",
                "--region",
                "us-east-2"))
        .isEqualTo(1);

    assertThat(editor.applied()).hasSize(1);
    assertThat(editor.applied().getFirst().clusters())
        .extracting(access -> access.arn().cluster())
        .containsExactly("one", "two");
    assertThat(editor.applied().getFirst().contextSwitch()).isEqualTo(CurrentContext.IF_UNSET);
    assertThat(said()).contains("atmos: there is no cluster 'gone' in us-east-2; check the name");
  }

  @Test
  void file_thatCannotBeWritten_isTheFailureOfEachOfItsClusters() {
    assertThat(run("--name", "full", "--name", "two", "--region", "us-east-2")).isEqualTo(6);

    assertThat(said()).containsExactly("atmos: the disk is full", "atmos: the disk is full");
    assertThatThrownBy(() -> run("--name", "full", "--region", "us-east-2"))
        .isInstanceOf(AtmosException.class)
        .hasMessage("the disk is full");
  }

  @Test
  void allClusters_ofTwoRegions_areAddedInOneWriteWithOneSummary() {
    assertThat(
            run(
                "--all",
                "--regions",
                "us-east-2,eu-west-1",
                "-i",
                "dev",
                "--alias",
                "{account}/{region}/{cluster}-{identity}"))
        .isZero();

    KubeconfigChange change = editor.applied().getFirst();
    assertThat(editor.applied()).hasSize(1);
    assertThat(change.contextSwitch()).isEqualTo(CurrentContext.IF_UNSET);
    assertThat(change.clusters())
        .extracting(ClusterAccess::contextAlias)
        .containsExactly(
            "111122223333/us-east-2/demo-dev",
            "111122223333/us-east-2/web-dev",
            "111122223333/eu-west-1/demo-dev");
    assertThat(said())
        .hasSize(4)
        .endsWith("EKS kubeconfig: 3 clusters, 3 added, 0 changed, 0 up to date");
  }

  @Test
  void allClusters_withATag_areThoseThatHaveIt() {
    assertThat(run("--all", "--region", "us-east-2", "--tag", "team=shop", "--alias", "x"))
        .isZero();

    assertThat(editor.applied().getFirst().clusters())
        .extracting(access -> access.arn().cluster())
        .containsExactly("web");
    assertThat(run("--all", "--region", "us-east-2", "--tag", "team=")).isZero();
    assertThat(said()).endsWith("no EKS cluster was found with such tags");
  }

  @Test
  void allClusters_ofWhichSomeFail_areAddedAndTheRestIsReported() {
    assertThat(run("--all", "--regions", "us-west-2,eu-west-2,us-east-1"))
        .isEqualTo(ExitCode.FAILED.code());

    assertThat(editor.applied().getFirst().clusters()).hasSize(1);
    assertThat(said())
        .contains(
            "atmos: can't reach eu-west-2",
            "atmos: there is no cluster 'gone' in us-west-2; check the name",
            "EKS kubeconfig: 1 cluster, 1 added, 0 changed, 0 up to date, 2 failed");
  }

  @Test
  void allRegions_thatDontTakeTheCredentials_areLeftOut() {
    assertThat(run("--all", "--regions", "all", "--tag", "team=shop"))
        .isEqualTo(ExitCode.FAILED.code());

    assertThat(editor.applied().getFirst().clusters()).hasSize(2);
    assertThat(said())
        .anyMatch(line ->
            line.startsWith("left out, as these credentials aren't taken there: af-south-1, "))
        .noneMatch(line -> line.contains("us-gov") || line.contains("cn-"));
  }

  @Test
  void oneRegion_thatDoesntTakeTheCredentials_isTheFailure() {
    assertThatThrownBy(() -> run("--all", "--region", "ap-south-1"))
        .hasMessage("no such region here");
    assertThat(run("--all", "--region", "us-east-1")).isZero();
    assertThat(said()).containsExactly("no EKS cluster was found");
  }

  @Test
  void dash_forTheKubeconfig_printsTheClustersAlone() {
    assertThat(run("--name", "demo", "--region", "us-east-2", "--kubeconfig", "-")).isZero();

    assertThat(editor.applied()).isEmpty();
    assertThat(services.console().answered()).isEqualTo("the file\n");
    assertThat(said()).isEmpty();
  }

  @Test
  void portableEntry_hasThePageWordsAndNoVariables() {
    run("--name", "demo", "--region", "us-east-2", "-i", "dev", "--portable");

    ExecPlugin exec = editor.applied().getFirst().clusters().getFirst().exec();
    assertThat(exec.env()).isEmpty();
    assertThat(exec.command()).isEqualTo("atmos");
    assertThat(String.join(" ", exec.args()))
        .isEqualTo("aws eks token --cluster-name demo --region us-east-2 --identity dev");
    assertThat(exec.installHint()).endsWith("your own atmos configuration decides who you are.");
    assertThat(said())
        .endsWith("whoever uses these entries is who their own atmos configuration says");
  }

  @Test
  void options_ofTheEntry_areThoseOfTheAccess() {
    run(
        "--name=demo",
        "--region=us-east-2",
        "--server=https://127.0.0.1:8443",
        "--tls-server-name=kubernetes",
        "--proxy-url=socks5://127.0.0.1:1080",
        "--namespace=shop");

    ClusterAccess access = editor.applied().getFirst().clusters().getFirst();
    assertThat(access.server()).isEqualTo("https://127.0.0.1:8443");
    assertThat(access.overrides())
        .isEqualTo(
            new ClusterOverrides(
                "https://127.0.0.1:8443",
                "kubernetes",
                "socks5://127.0.0.1:1080",
                "shop",
                true,
                false));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:role/ops, ops",
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_x_0a,"
        + " sso",
  })
  void role_ofAnIdentity_picksIt(String arn, String identity) {
    names.put("ops", Description.NONE.withPrincipal("arn:aws:iam::111122223333:role/ops"));
    names.put("far", Description.NONE.withPrincipal("Dev_x").withAccount("444455556666"));
    names.put("sso", Description.NONE.withPrincipal("Dev_x").withAccount("111122223333"));

    run("--name", "demo", "--region", "us-east-2", "--role-arn", arn);

    assertThat(editor.applied().getFirst().clusters().getFirst().identity()).isEqualTo(identity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:iam::111122223333:role/ops/deploy | auth: {identities: {deploy: {kind:"
            + " aws/assume-role, via: {identity: \"dev\"}, principal: {assume_role:"
            + " \"arn:aws:iam::111122223333:role/ops/deploy\"}}}}",
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0a |"
            + " auth: {identities: {Dev: {kind: aws/permission-set, via: {provider: \"PROVIDER\"},"
            + " principal: {name: Dev, account: {id: \"111122223333\"}}}}}",
      })
  void role_ofNoIdentity_isRefusedWithTheOneToAdd(String arn, String yaml) {
    assertThatThrownBy(() -> run("--name", "demo", "--region", "us-east-2", "--role-arn", arn))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).isEqualTo("no identity has the role " + arn);
              assertThat(e.hint()).hasValue("add one: " + yaml);
            });
  }

  @Test
  void role_ofSeveralIdentities_isAmbiguous() {
    String arn = "arn:aws:iam::111122223333:role/ops";
    names.put("a", Description.NONE.withPrincipal(arn));
    names.put("b", Description.NONE.withPrincipal(arn));

    assertThatThrownBy(() -> run("--name", "demo", "--region", "us-east-2", "--role-arn", arn))
        .hasMessageContaining("several identities have the role " + arn + ": a, b");
  }

  @Test
  void dryRun_printsThePlanAndWithVerboseTheFiles() {
    run("--name", "demo", "--region", "us-east-2", "--alias", "d", "--dry-run", "--verbose");

    assertThat(editor.applied()).isEmpty();
    assertThat(services.console().answered())
        .isEqualTo(
            """
            add context "d" in /home/dev/.kube/config
            --- /home/dev/.kube/config
            the file
            """);
  }

  @Test
  void removal_ofACluster_isThatOfItsIdentity() {
    run("--name", "demo", "--region", "us-east-2", "-i", "dev", "--remove");

    assertThat(editor.applied().getFirst().removals()).hasSize(1);
    assertThat(said())
        .containsExactly("\u2713 EKS kubeconfig: removed demo from /home/dev/.kube/config");
  }

  @ParameterizedTest
  @CsvSource({
    "'', no cluster is named",
    "--name demo, '--region is missing, and AWS_REGION is not set'",
    "--name demo --region us-east-2 --output yaml, '--output must be text or json, not ''yaml'''",
    "--all --name demo, --all and --name exclude each other",
    "--all --integration dev/eks, --all and --integration exclude each other",
    "--all --region us-east-2 --regions all, --region and --regions exclude each other",
    "--name demo --regions all, --regions goes with --all",
    "--name demo --region us-east-2 --tag a=b, --tag goes with --all",
    "--all --region us-east-2 --tag a, --tag isn't of the form key=value",
    "--all --region us-east-2 --remove, --all makes no sense with --remove",
    "--all --region us-east-2 --alias x, '--alias names one entry, but 2 clusters are given'",
    "'--all --regions us-east-2,eu-west-1 --alias {cluster}', '"
        + "arn:aws:eks:us-east-2:111122223333:cluster/demo and"
        + " arn:aws:eks:eu-west-1:111122223333:cluster/demo would both be called demo'",
    "--name demo --region us-east-2 --alias {name}, 'the alias has braces around something else"
        + " than {cluster}, {region}, {account} or {identity}'",
    "--name demo --region us-east-2 --server http://x, the server isn't an https URL of a host",
    "--name demo --region us-east-2 --proxy-url http://u:p@x:1, 'the proxy isn''t an http, https or"
        + " socks5 URL of a host, without a user or password'",
    "--name demo --region us-east-2 --namespace A, 'the namespace isn''t one: it has 1 to 63 small"
        + " letters, digits and dashes'",
    "--name demo --region us-east-2 --command x, '--command is wrong: it must be absolute or name'",
    "--name demo --region us-east-2 --command name --portable, --portable and --command exclude"
        + " each other",
    "--name demo --region us-east-2 --kubeconfig - --dry-run, --dry-run makes no sense with"
        + " --kubeconfig -",
    "--name demo --region us-east-2 --kubeconfig - --output json, --output json makes no sense with"
        + " --kubeconfig -",
    "--name demo --region us-east-2 --kubeconfig - --remove, --remove makes no sense with"
        + " --kubeconfig -",
    "--name demo --region us-east-2 --role-arn x, --role-arn isn't the ARN of an IAM role",
    "--name demo --region us-east-2 --assume-role-arn x, --assume-role-arn isn't the ARN of an IAM"
        + " role",
    "--name demo --region us-east-2 --identity dev --role-arn arn:aws:iam::111122223333:role/x,"
        + " --role-arn and --identity exclude each other",
    "--name demo --integration dev/eks, --name and --integration exclude each other",
    "--name demo --region us-east-2 --remove --no-switch, --no-switch makes no sense with --remove",
    "--name a --name b --region us-east-2 --alias x, '--alias names one entry, but 2 clusters are"
        + " given'",
  })
  void options_thatMakeNoSense_areRefused(String words, String sentence) {
    assertThatThrownBy(() -> run(words.isEmpty() ? new String[0] : words.split(" ", -1)))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).isEqualTo(sentence);
            });
    assertThat(editor.applied()).isEmpty();
  }

  @Test
  void clusters_ofTheConfiguration_completeTheName() {
    services.withConfig(
        YamlConfig.root(
            """
            auth:
              integrations:
                a: {kind: aws/eks, spec: {cluster: {name: demo, region: us-east-2}}}
                b: {kind: aws/eks, spec: {cluster: {name: other}}}
                c: {kind: aws/eks, spec: {cluster: {name: demo}}}
                d: {kind: aws/ecr, spec: {cluster: {name: not-eks}}}
                e: {kind: aws/eks, spec: {cluster: {name: !exec print the name}}}
                f: {kind: aws/eks, spec: [a]}
                g: nothing
            """));

    assertThat(values("--name")).containsExactly("demo", "other");
    assertThat(values("--integration")).containsExactly("dev/eks");
    assertThat(values("--identity")).containsExactly("dev");
    assertThat(values("--region")).contains("us-east-2");
    assertThat(values("--output")).containsExactly("text", "json");
  }

  @Test
  void identity_thatLooksLikeAnOption_isRefused() {
    assertThatThrownBy(() -> run("--name", "demo", "--region", "us-east-2", "--identity=-rf"))
        .isInstanceOf(AtmosException.class)
        .hasMessageEndingWith("the identity's name begins with a dash as options do");
    assertThat(editor.applied()).isEmpty();
  }

  @Test
  void kubeconfig_thatCantBeWritten_isReportedBeforeAwsIsAsked() {
    String[] words = {"--name", "gone", "--region", "us-east-2", "--kubeconfig", "/read-only/x"};
    assertThatThrownBy(() -> run(words)).hasMessageContaining("can't write /read-only/x");

    List<String> dry = new ArrayList<>(List.of(words));
    dry.add("--dry-run");
    assertThatThrownBy(() -> run(dry.toArray(String[]::new))).hasMessageContaining("there is no");
  }

  @Test
  void configuration_thatIsBroken_completesNoName() {
    services.withConfig(YamlConfig.root("auth: [a]\n"));

    assertThat(values("--name")).isEmpty();
  }

  @Test
  void help_hasTheSynopsisAndEveryOption() {
    String help = new CommandLine(spec()).getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(help)
        .startsWith("Usage: atmos aws eks update-kubeconfig --name <name> [--region <region>]")
        .contains("-i, --identity=<name>", "--no-switch", "-o, --output=FORMAT", "--remove");
  }
}
