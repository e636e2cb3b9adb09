package dev.atmos.aws.identity;

import static dev.atmos.aws.identity.KindExamples.leaves;
import static dev.atmos.aws.identity.KindExamples.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.testing.FakeSignInDialog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What kinds do with their definitions, compared with what they declare. */
class KindDefinitionTest {
  /** Fields of all definitions, which the engine declares. */
  private static final Set<String> COMMON = Set.of("kind", "via", "session.duration");

  static List<KindExamples.Example> examples() {
    return KindExamples.all();
  }

  /** A field that is read without being declared would be unknown to every check. */
  @ParameterizedTest
  @MethodSource("examples")
  void getters_ofAKind_matchItsSchema(KindExamples.Example example) {
    KindScenario scenario = new KindScenario().keys("AKID");
    scenario.services().network().fail(new AtmosException(ExitCode.UNAVAILABLE, "no network"));
    Map<String, Set<String>> read = new TreeMap<>();
    Definition recording = recording(scenario.definition("example", example.yaml()), read);

    use(example, scenario, recording);

    Map<String, Schema> leaves = leaves(type(example).schema());
    read.forEach((path, getters) -> {
      if (COMMON.contains(path)) {
        return;
      }
      assertThat(leaves).containsKey(path);
      Schema leaf = Objects.requireNonNull(leaves.get(path));
      for (String getter : getters) {
        switch (getter) {
          // A field that listings hide may tell sessions apart, a credential may not.
          case "values" -> assertThat(leaf.effect()).as(path).isNotEqualTo(Effect.CREDENTIAL);
          case "text", "requiredText" ->
              // The text of an address is also read where nothing is sent to it; that of a command
              // that is judged as one, to run it without a shell.
              assertThat(leaf.effect())
                  .as(path)
                  .isIn(
                      Effect.DATA,
                      Effect.ENDPOINT,
                      getters.contains("command") ? Effect.COMMAND : Effect.DATA);
          case "map" -> assertThat(leaf.type()).as(path).isEqualTo(Schema.Type.MAP);
          case "flag" -> assertThat(leaf.type()).as(path).isEqualTo(Schema.Type.FLAG);
          case "duration" -> assertThat(leaf.type()).as(path).isEqualTo(Schema.Type.DURATION);
          case "secret" -> assertThat(leaf.effect()).as(path).isEqualTo(Effect.CREDENTIAL);
          case "endpoint" -> assertThat(leaf.effect()).as(path).isEqualTo(Effect.ENDPOINT);
          case "command" -> assertThat(leaf.effect()).as(path).isEqualTo(Effect.COMMAND);
          default -> throw new AssertionError(getter + " of " + path);
        }
      }
    });
    Set<String> unused = new TreeSet<>(leaves.keySet());
    unused.removeAll(read.keySet());
    unused.removeAll(
        Set.of(
            "spec.files.base_path",
            "credentials.webflow_enabled",
            // Asked for only where the present place is empty.
            "spec.aws.resolver.url",
            "credentials.aws.resolver.url",
            // Read by values().
            "principal.account.id",
            "principal.account.name",
            "session.name",
            "session.duration"));
    if (example.kind().equals("github/oidc")) {
      unused.remove("region");
    }
    assertThat(unused).as("declared and never read").isEmpty();
  }

  private static void use(
      KindExamples.Example example, KindScenario scenario, Definition definition) {
    StepRequest request =
        new FakeRequest()
            .withDialog(new FakeSignInDialog())
            .withRegion("us-east-1")
            .withInput(
                example.kind().equals("aws/permission-set")
                    ? Token.of(Token.IDENTITY_CENTER, Secret.of("t"), null)
                    : KindScenario.key("AKID"));
    ChainStep step;
    if (type(example) instanceof ProviderType provider) {
      Provider created = provider.create(definition, scenario.services());
      created.externalGrant();
      created.discoversIdentities();
      step = created;
    } else {
      step = ((IdentityType) type(example)).create(definition, scenario.services());
    }
    scenario
        .set("ACTIONS_ID_TOKEN_REQUEST_URL", "https://example.com")
        .set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "t")
        .set("GITHUB_RUN_ID", "1");
    step.cacheKey();
    step.region();
    type(example).describe(definition);
    try {
      step.grant(request);
    } catch (AtmosException e) {
      // The tests have no network, and a user who answers nothing.
      assertThat(e.exitCode())
          .isIn(ExitCode.UNAVAILABLE, ExitCode.USAGE, ExitCode.SIGN_IN_REQUIRED);
    }
  }

  /** A definition that notes which getter was asked for which path. */
  private static Definition recording(Definition definition, Map<String, Set<String>> read) {
    return (Definition)
        Proxy.newProxyInstance(
            Definition.class.getClassLoader(),
            new Class<?>[] {Definition.class},
            (proxy, method, arguments) -> {
              List<String> paths =
                  arguments == null
                      ? List.of()
                      : arguments[0] instanceof String[] several
                          ? List.of(several)
                          : List.of((String) arguments[0]);
              if (!Set.of("position", "error", "has").contains(method.getName())) {
                for (String path : paths) {
                  read.computeIfAbsent(path, key -> new TreeSet<>()).add(method.getName());
                }
              }
              try {
                return method.invoke(definition, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void chains_ofAllKinds_acceptThese() {
    Accepts permissionSet = KindScenario.identityType("aws/permission-set").accepts();
    assertThat(permissionSet.grants()).containsExactly(Token.IDENTITY_CENTER);
    assertThat(permissionSet.takesIdentities()).isFalse();
    Accepts role = KindScenario.identityType("aws/assume-role").accepts();
    assertThat(role.grants()).containsExactly(Token.WEB_IDENTITY, "saml");
    assertThat(role.takesIdentities() && role.isRequired()).isTrue();
    Accepts root = KindScenario.identityType("aws/assume-root").accepts();
    assertThat(root.takesIdentities() && !root.takesProviders() && root.isRequired()).isTrue();
    for (String kind : new String[] {"aws/user", "aws/ambient", "ambient"}) {
      assertThat(KindScenario.identityType(kind).accepts()).isSameAs(Accepts.nothing());
    }
    for (String kind : new String[] {"mock", "mock/aws"}) {
      Accepts mock = KindScenario.identityType(kind).accepts();
      assertThat(mock.takesProviders() && mock.takesIdentities() && !mock.isRequired()).isTrue();
      assertThat(KindScenario.providerType(kind).grants()).isEmpty();
    }
    assertThat(KindScenario.providerType("aws/iam-identity-center").grants())
        .containsExactly(Token.IDENTITY_CENTER);
    assertThat(KindScenario.providerType("github/oidc").grants())
        .containsExactly(Token.WEB_IDENTITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "true  | aws/iam-identity-center | - | - | us-east-1 | https://acme.awsapps.com/start/#/",
        "true  | github/oidc | - | - | - | -",
        "true  | mock | - | - | - | -",
        "false | aws/permission-set | 123456789012 | ReadOnly | eu-west-1"
            + " | ReadOnly in dev (123456789012)",
        "false | aws/assume-role | 123456789012 | arn:aws:iam::123456789012:role/team/deploy"
            + " | eu-west-1 | arn:aws:iam::123456789012:role/team/deploy",
        "false | aws/assume-root | 123456789012 | root | us-east-1"
            + " | root of 123456789012, S3UnlockBucketPolicy",
        "false | aws/user | - | - | us-east-2 | AKIAIOSFODNN7EXAMPLE",
        "false | aws/ambient | - | - | eu-west-3 | -",
        "false | ambient | - | - | - | -",
        "false | mock/aws | - | - | - | -",
      })
  void description_ofADefinition_saysWhoItIs(
      boolean isProvider,
      String kind,
      @Nullable String account,
      @Nullable String principal,
      @Nullable String region,
      @Nullable String subject) {
    KindExamples.Example example = KindExamples.of(isProvider, kind);
    Description description =
        type(example).describe(new KindScenario().definition("example", example.yaml()));

    assertThat(description.account().orElse(null)).isEqualTo(account);
    assertThat(description.principal().orElse(null)).isEqualTo(principal);
    assertThat(description.region().orElse(null)).isEqualTo(region);
    assertThat(description.subject().orElse(null)).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{principal: {name: A, account: dev}} | - | A in dev",
        "{principal: {name: A, account: \"123456789012\"}} | 123456789012 | A in 123456789012",
        "{principal: {name: A, account: {id: \"123456789012\"}}} | 123456789012"
            + " | A in 123456789012",
        "{principal: {name: A}} | - | A",
        "{} | - | -",
      })
  void description_ofAPermissionSet_dependsOnWhatIsKnown(
      String yaml, @Nullable String account, @Nullable String subject) {
    Description description =
        KindScenario.identityType("aws/permission-set")
            .describe(new KindScenario().definition("dev", yaml));

    assertThat(description.account().orElse(null)).isEqualTo(account);
    assertThat(description.subject().orElse(null)).isEqualTo(subject);
  }
}
