package dev.atmos.aws.eks.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.aws.eks.FakeKubeconfigEditor;
import dev.atmos.aws.eks.FakeNames;
import dev.atmos.aws.eks.cluster.ClusterDescription;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.plugin.integration.IntegrationVariable.Use;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterRemoval;
import dev.atmos.services.kube.CurrentContext;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigChange;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.UpdateMode;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EksIntegrationTypeTest {
  private static final String CERTIFICATE =
      Base64.getEncoder()
          .encodeToString(
              "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
                  .getBytes(StandardCharsets.US_ASCII));

  private static final String FULL =
      """
      kind: aws/eks
      via: {identity: dev}
      spec:
        auto_provision: false
        cluster:
          name: demo
          region: us-east-2
          alias: dev
          kubeconfig: {path: "$PLACE/kube", mode: "0640", update: replace}
      """;

  private static final String SMALL =
      "kind: aws/eks\nspec: {cluster: {name: demo, region: us-east-2}}\n";

  private final FakeKubeconfigEditor editor = new FakeKubeconfigEditor();
  private final FakeServices services =
      new FakeServices()
          .withService(KubeconfigEditor.class, editor)
          .withService(ConfiguredNames.class, new FakeNames())
          .withConfigSelection(() -> Map.of("ATMOS_CONFIG", "/project/atmos.yaml"));

  private final EksIntegrationType type = new EksIntegrationType();

  private Definition definition(String yaml) {
    return services.definition("dev/eks", YamlConfig.root(yaml));
  }

  private EksIntegration integration(String yaml) {
    return new EksIntegration(
        "dev/eks",
        EksSettings.of(definition(yaml)),
        services,
        (request, credentials) -> {
          assertThat(credentials.accessKeyId()).isEqualTo("AKIDEXAMPLE");
          return new ClusterDescription(
              "arn:aws:eks:us-east-2:111122223333:cluster/demo",
              "ACTIVE",
              "https://demo.example",
              CERTIFICATE);
        });
  }

  private static IntegrationIdentity identity() {
    return new IntegrationIdentity() {
      @Override
      public String name() {
        return "dev";
      }

      @Override
      public AwsCredentials credentials() {
        return AwsCredentials.of("AKIDEXAMPLE", Secret.of("secret"), null, null);
      }
    };
  }

  @Test
  void schema_ofADefinitionWithAllFields_hasThemAll() {
    Schema schema =
        type.schema()
            .required("kind", Schema.text("The kind."))
            .required("via.identity", Schema.text("The identity."))
            .optional("spec.auto_provision", Schema.flag("Whether a sign-in sets it up."));

    assertThat(SchemaCheck.check(schema, YamlConfig.root(FULL), "auth.integrations.dev/eks"))
        .isEmpty();
  }

  @Test
  void schema_ofTheKubeconfigsPath_saysThatItIsWritten() {
    Schema path =
        List.of("spec", "cluster", "kubeconfig", "path").stream()
            .reduce(
                type.schema(),
                (schema, key) -> schema.field(key).orElseThrow().schema(),
                (a, b) -> b);

    assertThat(path.effect()).isEqualTo(Effect.WRITES);
    assertThat(path.label()).contains("kubeconfig");
    assertThat(type.schema().field("spec").orElseThrow().schema().description())
        .isEqualTo("Settings of the integration.");
  }

  @Test
  void description_isTheClusterItsRegionAndItsAlias() {
    assertThat(type.describe(definition(FULL)))
        .satisfies(
            description -> assertThat(description.subject()).contains("demo"),
            description -> assertThat(description.region()).contains("us-east-2"),
            description -> assertThat(description.alias()).contains("dev"));
    assertThat(type.describe(definition("kind: aws/eks\n")).subject()).isEmpty();
  }

  @Test
  void settings_withAllFields_areThose() {
    EksSettings settings = EksSettings.of(definition(FULL));

    assertThat(settings.cluster()).hasToString("cluster 'demo' in us-east-2");
    assertThat(settings.entries().alias()).isEqualTo("dev");
    assertThat(settings.target(null).setting()).isEqualTo("$PLACE/kube");
    assertThat(settings.target("x").option()).isEqualTo("x");
    assertThat(settings.mode()).isEqualTo(new FileMode(0640));
    assertThat(settings.update()).isEqualTo(UpdateMode.REPLACE);
  }

  @Test
  void settings_withTheRequiredFieldsOnly_haveDefaults() {
    EksSettings settings = EksSettings.of(definition(SMALL));

    assertThat(settings.entries().alias()).isNull();
    assertThat(settings.path()).isNull();
    assertThat(settings.mode()).isEqualTo(FileMode.PRIVATE);
    assertThat(settings.update()).isEqualTo(UpdateMode.MERGE);
  }

  @ParameterizedTest
  @CsvSource({
    "kind: aws/eks, 'name' is missing",
    "'spec: {cluster: {name: demo}}', 'region' is missing",
    "'spec: {cluster: {name: a b, region: us-east-2}}', 'name' is not a cluster name",
    "'spec: {cluster: {name: demo, region: mars}}', 'region' 'mars' is not an AWS region",
    "'spec: {cluster: {name: d, region: us-east-2, kubeconfig: {mode: \"0666\"}}}', 'mode'",
    "'spec: {cluster: {name: d, region: us-east-2, kubeconfig: {mode: \"0620\"}}}', 'mode'",
    "'spec: {cluster: {name: d, region: us-east-2, kubeconfig: {update: x}}}', 'update' can''t",
    "'spec: {cluster: {name: d, region: us-east-2, kubeconfig: {path: \"a\\tb\"}}}', 'path' can''t",
    "'spec: {cluster: {name: d, region: us-east-2, alias: \"a\\u202eb\"}}', 'alias' can''t",
  })
  void definition_thatIsWrong_isRefused(String yaml, String sentence) {
    assertThatThrownBy(() -> type.create(definition(yaml), services))
        .isInstanceOfSatisfying(
            AtmosException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence()).contains(sentence.replace("''", "'"));
            });
  }

  @Test
  void path_inAFileThatIsNotApproved_isRefused() {
    services.withTrust(
        new TrustPolicy() {
          @Override
          public boolean isTrusted(Position position) {
            return false;
          }

          @Override
          public void require(Effect effect, Position position, String value) {
            if (effect == Effect.WRITES) {
              throw new AtmosException(ExitCode.USAGE, "not approved: " + value);
            }
          }
        });

    assertThatThrownBy(() -> type.create(definition(FULL), services))
        .isInstanceOf(AtmosException.class)
        .hasMessage("not approved: $PLACE/kube");
    assertThat(type.create(definition(SMALL), services)).isNotNull();
  }

  @Test
  void setUp_plansFirst_andAppliesTheSame() {
    IntegrationPlan plan = integration(FULL).setUp(identity());

    assertThat(plan.changes()).containsExactly("add context \"dev\" in $PLACE/kube");
    assertThat(editor.applied()).isEmpty();
    assertThat(plan.apply().done()).containsExactly("EKS kubeconfig: dev \u2192 $PLACE/kube");

    KubeconfigChange change = editor.applied().getFirst();
    assertThat(change.contextSwitch()).isEqualTo(CurrentContext.IF_UNSET);
    assertThat(change.update()).isEqualTo(UpdateMode.REPLACE);
    ClusterAccess access = change.clusters().getFirst();
    assertThat(access.identity()).isEqualTo("dev");
    assertThat(access.contextAlias()).isEqualTo("dev");
    assertThat(access.server()).isEqualTo("https://demo.example");
    assertThat(access.exec().command()).isEqualTo("atmos");
    assertThat(String.join(" ", access.exec().args()))
        .isEqualTo("aws eks token --cluster-name demo --region us-east-2 --identity dev");
    assertThat(access.exec().env())
        .hasToString("[Variable[name=ATMOS_CONFIG, value=/project/atmos.yaml]]");
  }

  @Test
  void undo_removesWhatBelongsToTheIdentity() {
    IntegrationPlan plan = integration(SMALL).undo("dev");

    assertThat(plan.apply().done())
        .containsExactly("EKS kubeconfig: removed demo from /home/dev/.kube/config");
    assertThat(editor.applied().getFirst().removals())
        .containsExactly(ClusterRemoval.of("demo", "us-east-2", "dev"));
  }

  @Test
  void variables_nameTheFileThatTheClusterIsIn() {
    assertThat(integration(SMALL).variables("dev"))
        .containsExactlyElementsOf(variables("/home/dev/.kube/config"));
    assertThat(integration(FULL).variables("dev"))
        .containsExactlyElementsOf(variables("$PLACE/kube"));
  }

  private static List<IntegrationVariable> variables(String path) {
    return List.of(
        IntegrationVariable.of("KUBECONFIG", Secret.of(path), Use.PREPEND_PATH),
        IntegrationVariable.of("KUBE_CONFIG_PATH", Secret.of(path), Use.REPLACE));
  }

  @Test
  void command_setsUpThisIntegration() {
    Integration integration = type.create(definition(SMALL), services);

    assertThat(integration.command())
        .isEqualTo("atmos aws eks update-kubeconfig --integration dev/eks");
  }
}
