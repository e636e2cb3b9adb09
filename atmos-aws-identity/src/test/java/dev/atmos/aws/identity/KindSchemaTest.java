package dev.atmos.aws.identity;

import static dev.atmos.aws.identity.KindExamples.leaves;
import static dev.atmos.aws.identity.KindExamples.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.ConfigProblem;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.testing.YamlConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of all kinds: what they declare, and which mistakes they find. */
class KindSchemaTest {
  static List<KindExamples.Example> examples() {
    return KindExamples.all();
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
            "provider aws/iam-identity-center: browser COMMAND",
            "provider aws/iam-identity-center: spec.endpoint_url ENDPOINT",
            "provider aws/iam-identity-center: spec.aws.resolver.url ENDPOINT",
            "identity aws/permission-set: credentials.aws.resolver.url ENDPOINT",
            "identity aws/permission-set: spec.endpoint_url ENDPOINT",
            "identity aws/assume-role: spec.endpoint_url ENDPOINT",
            "identity aws/assume-root: spec.endpoint_url ENDPOINT",
            "identity aws/user: credentials.secret_access_key CREDENTIAL (secret)",
            "identity aws/user: credentials.mfa_command COMMAND",
            "identity aws/user: spec.endpoint_url ENDPOINT",
            "identity aws/user: session.raw PROTECTION",
            "identity aws/login: browser COMMAND",
            "identity aws/login: spec.endpoint_url ENDPOINT");
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
                    List.of(
                        "endpoint",
                        "provisions identities",
                        "region",
                        "session",
                        "session name",
                        "start URL")),
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
                        "session tags",
                        "source identity")),
                Map.entry(
                    "identity aws/assume-root",
                    List.of("account", "duration", "endpoint", "region", "task policy")),
                Map.entry(
                    "identity aws/user",
                    List.of("MFA device", "access key id", "endpoint", "region", "session")),
                Map.entry(
                    "identity aws/login",
                    List.of("account", "endpoint", "region", "sign-in region")),
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
    // A field that only the atmos written in Go uses.
    sentences.remove("example.spec.files.base_path: 'base_path' has no effect");
    assertThat(sentences).isEmpty();

    Definition definition = new KindScenario().definition("example", example.yaml());
    leaves(schema).keySet().forEach(path -> assertThat(definition.has(path)).as(path).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.awsapps.com/start",
        "https://ACME.awsapps.com/start/?x=1#/",
        "https://acme.awsapps.com/start\\#/",
        "https://ssoins-722300000000000a.portal.us-east-1.app.aws",
        "https://sso.example.com",
        "https://start.home.awsapps.cn/directory/d-1"
      })
  void startUrl_asPeopleCopyIt_isAccepted(String url) {
    String yaml = "{start_url: '" + url + "', region: us-east-1, session: admin}";
    assertThat(
            SchemaCheck.check(
                KindScenario.providerType("aws/iam-identity-center").schema(),
                YamlConfig.root(yaml),
                "it"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws/iam-identity-center | {region: us-east-1} | 'start_url' is missing from 'it'",
        "aws/iam-identity-center | {start_url: 'http://x.example.com', region: us-east-1}"
            + " | 'start_url' must be an https:// URL, which below awsapps.com has a path such as"
            + " /start",
        "aws/iam-identity-center | {start_url: 'https://acme.awsapps.com', region: us-east-1}"
            + " | 'start_url' must be an https:// URL, which below awsapps.com has a path such as"
            + " /start",
        "aws/iam-identity-center | {start_url: 'https://acme.awsapps.com/#/', region: us-east-1}"
            + " | 'start_url' must be an https:// URL, which below awsapps.com has a path such as"
            + " /start",
        "aws/iam-identity-center | {start_url: 'https://x.example.com', region: us-east-1, session:"
            + " 8h} | 'session' must be a name: a letter, and up to 63 letters, digits and"
            + " characters of _.-",
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
            + " | 'task_policy_arn' is not a known value",
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
}
