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
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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

  private final FakeKubeconfigEditor editor = new FakeKubeconfigEditor();
  private final FakeServices services =
      new FakeServices()
          .withService(KubeconfigEditor.class, editor)
          .withService(ConfiguredNames.class, new FakeNames())
          .withService(WorkRegion.Finder.class, (option, identity) -> Optional.empty())
          .withService(Identities.class, new FakeIdentities(FakeIdentities.example(null, null)));

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
