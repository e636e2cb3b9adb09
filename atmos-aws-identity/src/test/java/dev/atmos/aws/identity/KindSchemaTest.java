package dev.atmos.aws.identity;

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
import dev.atmos.plugin.kind.KindType;
import dev.atmos.plugin.testkit.FakeRequest;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.testing.FakeSignInDialog;
import dev.atmos.services.testing.YamlConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of all kinds: what they declare, what they find, and that the kinds keep to them. */
class KindSchemaTest {
  /** Fields of all definitions, which the engine declares. */
  private static final Set<String> COMMON = Set.of("kind", "via", "session.duration");

  static List<KindExamples.Example> examples() {
    return KindExamples.all();
  }

  private static KindType type(KindExamples.Example example) {
    return example.isProvider()
        ? KindScenario.providerType(example.kind())
        : KindScenario.identityType(example.kind());
  }

  /** The leaves of a schema by their paths. */
  private static Map<String, Schema> leaves(Schema schema) {
    Map<String, Schema> leaves = new LinkedHashMap<>();
    add(leaves, schema, "");
    return leaves;
  }

  private static void add(Map<String, Schema> leaves, Schema schema, String path) {
    switch (schema.type()) {
      case OBJECT -> {
        for (Schema.Field field : schema.fields()) {
          add(leaves, field.schema(), path.isEmpty() ? field.name() : path + "." + field.name());
        }
      }
      case ONE_OF -> {
        leaves.put(path, schema);
        schema
            .alternatives()
            .forEach(each -> {
              if (each.type() == Schema.Type.OBJECT) {
                add(leaves, each, path);
              }
            });
      }
      default -> leaves.put(path, schema);
    }
  }

  @Test
  void effects_ofAllFields_areThese() {
    List<String> table = new ArrayList<>();
    for (KindExamples.Example example : examples()) {
      leaves(type(example).schema())
          .forEach((path, schema) -> {
            if (schema.effect() != Effect.DATA) {
              table.add(
                  example
                      + ": "
                      + path
                      + " "
                      + schema.effect()
                      + (schema.isSecret() ? " (secret)" : ""));
            }
          });
    }
    assertThat(table)
        .containsExactly(
            "provider aws/iam-identity-center: start_url ENDPOINT",
            "provider aws/iam-identity-center: spec.endpoint_url ENDPOINT",
            "provider aws/iam-identity-center: spec.aws.resolver.url ENDPOINT",
            "identity aws/permission-set: credentials.aws.resolver.url ENDPOINT",
            "identity aws/permission-set: spec.endpoint_url ENDPOINT",
            "identity aws/assume-role: spec.endpoint_url ENDPOINT",
            "identity aws/assume-root: spec.endpoint_url ENDPOINT",
            "identity aws/user: credentials.secret_access_key CREDENTIAL (secret)",
            "identity aws/user: credentials.mfa_command COMMAND",
            "identity aws/user: spec.endpoint_url ENDPOINT");
  }

  @Test
  void labels_ofAllKinds_areThoseOfListings() {
    Map<String, List<String>> labels = new TreeMap<>();
    for (KindExamples.Example example : examples()) {
      Set<String> words = new TreeSet<>();
      leaves(type(example).schema()).values().forEach(leaf -> leaf.label().ifPresent(words::add));
      labels.put(example.toString(), List.copyOf(words));
    }
    assertThat(labels)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(
                    "provider aws/iam-identity-center",
                    List.of("endpoint", "provisions identities", "region", "start URL")),
                Map.entry("provider github/oidc", List.of("audience", "region")),
                Map.entry("provider mock", List.of()),
                Map.entry("provider mock/aws", List.of()),
                Map.entry(
                    "identity aws/permission-set",
                    List.of("account", "endpoint", "permission set", "region")),
                Map.entry(
                    "identity aws/assume-role",
                    List.of(
                        "duration",
                        "endpoint",
                        "region",
                        "role",
                        "session name",
                        "source identity")),
                Map.entry(
                    "identity aws/assume-root",
                    List.of("account", "duration", "endpoint", "region", "task policy")),
                Map.entry(
                    "identity aws/user",
                    List.of("MFA device", "access key id", "endpoint", "region", "session")),
                Map.entry("identity aws/ambient", List.of("region")),
                Map.entry("identity ambient", List.of()),
                Map.entry("identity mock", List.of()),
                Map.entry("identity mock/aws", List.of())));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyField_ofAKind_isDescribedAndBounded(KindExamples.Example example) {
    Schema schema = type(example).schema();
    assertThat(schema.description()).endsWith(".");
    leaves(schema)
        .forEach((path, leaf) -> {
          assertThat(leaf.description()).as(path).endsWith(".");
          boolean text = leaf.type() == Schema.Type.TEXT && leaf.choices().isEmpty();
          if (text && leaf.effect() == Effect.DATA) {
            assertThat(leaf.pattern()).as(path).isPresent();
            String pattern = leaf.pattern().orElseThrow();
            for (String hostile : new String[] {"a\u001bb", "a\u202eb", "a\nb", "a\u2028b"}) {
              assertThat(hostile.matches(pattern)).as(path).isFalse();
            }
          }
          leaf.example()
              .ifPresent(
                  value -> assertThat(value).as(path).matches(leaf.pattern().orElse("[\\s\\S]*")));
        });
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_withAllFields_isCorrectAndComplete(KindExamples.Example example) {
    Schema schema = type(example).schema();
    List<String> sentences = new ArrayList<>();
    for (ConfigProblem problem :
        SchemaCheck.check(schema, YamlConfig.root(example.yaml()), "example")) {
      sentences.add(problem.path() + ": " + problem.sentence());
    }
    sentences.removeIf(
        sentence -> sentence.matches("example\\.(kind|via|session): unknown key .*"));
    assertThat(sentences).isEmpty();

    Definition definition = new KindScenario().definition("example", example.yaml());
    leaves(schema).keySet().forEach(path -> assertThat(definition.has(path)).as(path).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws/iam-identity-center | {region: us-east-1} | 'start_url' is missing from 'it'",
        "aws/iam-identity-center | {start_url: 'http://x.example.com', region: us-east-1}"
            + " | 'start_url' must be an https:// URL",
        "aws/iam-identity-center | {start_url: 'https://x.example.com', region: Mars}"
            + " | 'region' must be an AWS region",
        "aws/permission-set | {principal: {account: x}} | 'name' is missing from 'principal'",
        "aws/permission-set | {principal: {name: a b, account: x}}"
            + " | 'name' must be 1 to 32 letters, digits and characters of _+=,.@-",
        "aws/permission-set | {principal: {name: a, account: {}}}"
            + " | 'account' has neither 'name' nor 'id'",
        "aws/permission-set | {principal: {name: a, account: {id: 12}}}"
            + " | 'id' must be an AWS account id of 12 digits",
        "aws/assume-role | {principal: {assume_role: x}}"
            + " | 'assume_role' must be the ARN of an IAM role",
        "aws/assume-role | {principal: {assume_role: 'arn:aws:iam::123456789012:role/x',"
            + " duration: 13h}} | 'duration' is more than is allowed here",
        "aws/assume-role | {principal: {assume_role: 'arn:aws:iam::123456789012:role/x',"
            + " duration: 899s}} | 'duration' is less than is allowed here",
        "aws/assume-root | {principal: {target_principal: '123456789012', task_policy_arn:"
            + " 'arn:aws:iam::aws:policy/root-task/Dance'}}"
            + " | 'task_policy_arn' is not one that is known",
        "aws/assume-root | {principal: {target_principal: '123456789012', task_policy_arn:"
            + " 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy', duration: 16m}}"
            + " | 'duration' is more than is allowed here",
        "aws/user | {credentials: {mfa_command: x}}"
            + " | 'mfa_command' is there without 'mfa_arn', and is not used",
        "aws/user | {credentials: {mfa_arn: x}} | 'mfa_arn' must be the ARN of an MFA device, or"
            + " the serial number of a hardware device",
        "aws/user | {session: {duration: 37h}} | 'duration' is more than is allowed here",
        "aws/user | {spec: {endpoint_url: 'http://x.example.com'}}"
            + " | 'endpoint_url' must be an https:// URL, or an http:// URL of this machine",
      })
  void mistake_inADefinition_isFound(String kind, String yaml, String sentence) {
    KindType type =
        kind.equals("aws/iam-identity-center")
            ? KindScenario.providerType(kind)
            : KindScenario.identityType(kind);

    assertThat(SchemaCheck.check(type.schema(), YamlConfig.root(yaml), "it"))
        .extracting(ConfigProblem::sentence)
        .containsExactly(sentence);
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
      Schema leaf = leaves.get(path);
      for (String getter : getters) {
        switch (getter) {
          case "values" -> assertThat(leaf.isSecret()).as(path).isFalse();
          case "text", "requiredText" ->
              // The text of an address is also read where nothing is sent to it.
              assertThat(leaf.effect()).as(path).isIn(Effect.DATA, Effect.ENDPOINT);
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
            "principal.account.name"));
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
      // There is no network.
      assertThat(e.exitCode()).isIn(ExitCode.UNAVAILABLE, ExitCode.USAGE);
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
