package dev.atmos.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.atmos.plugin.auth.ChainStep;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The exact cache keys. Whoever changes one signs every user out, so a change here must be on
 * purpose.
 */
class CacheKeyTest {
  private final KindScenario scenario = new KindScenario();

  private Optional<Map<String, String>> provider(String yaml) {
    return scenario.provider("corp", yaml).cacheKey();
  }

  private Optional<Map<String, String>> identity(String yaml) {
    return scenario.identity("dev", yaml).cacheKey();
  }

  private static String example(boolean isProvider, String kind) {
    return KindExamples.of(isProvider, kind).yaml();
  }

  @Test
  void identityCenter() {
    assertThat(provider(example(true, "aws/iam-identity-center")))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("start_url", "https://acme.awsapps.com/start"),
                    entry("region", "us-east-1"),
                    entry("session.name", "admin"),
                    entry("spec.endpoint_url", "https://sso.example.com"),
                    entry("spec.aws.resolver.url", "http://localhost:4566")));
    assertThat(
            provider(
                "{kind: aws/iam-identity-center, start_url: https://acme.awsapps.com/start, region:"
                    + " us-east-1}"))
        .contains(Map.of("start_url", "https://acme.awsapps.com/start", "region", "us-east-1"));
    for (String session : new String[] {"{duration: 8h}", "{}"}) {
      assertThat(
              provider(
                  "{kind: aws/iam-identity-center, start_url:"
                      + " 'https://ACME.awsapps.com/start/?x=1', region: us-east-1, session: "
                      + session
                      + "}"))
          .contains(Map.of("start_url", "https://acme.awsapps.com/start", "region", "us-east-1"));
    }
    for (String session : new String[] {"admin", "{name: admin, duration: 8h}"}) {
      assertThat(provider("{kind: aws/iam-identity-center, session: " + session + "}"))
          .contains(Map.of("start_url", "", "session.name", "admin"));
    }
  }

  @Test
  void githubOidc() {
    String yaml = example(true, "github/oidc");
    assertThat(provider(yaml)).isEmpty();
    scenario
        .set("GITHUB_SERVER_URL", "https://github.com")
        .set("GITHUB_REPOSITORY", "acme/app")
        .set("GITHUB_REF", "refs/heads/main")
        .set("GITHUB_WORKFLOW_REF", "acme/app/.github/workflows/ci.yml@refs/heads/main")
        .set("GITHUB_RUN_ID", "1")
        .set("GITHUB_RUN_ATTEMPT", "2")
        .set("GITHUB_JOB", "build");

    assertThat(provider(yaml))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("GITHUB_SERVER_URL", "https://github.com"),
                    entry("GITHUB_REPOSITORY", "acme/app"),
                    entry("GITHUB_REF", "refs/heads/main"),
                    entry(
                        "GITHUB_WORKFLOW_REF", "acme/app/.github/workflows/ci.yml@refs/heads/main"),
                    entry("GITHUB_RUN_ID", "1"),
                    entry("GITHUB_RUN_ATTEMPT", "2"),
                    entry("GITHUB_JOB", "build"),
                    entry("spec.audience", "sts.amazonaws.com")));
    assertThat(scenario.provider("gh", yaml).isCacheable()).isFalse();
  }

  @Test
  void permissionSet() {
    assertThat(identity(example(false, "aws/permission-set")))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("principal.name", "ReadOnly"),
                    entry("principal.account", "123456789012"),
                    entry("principal.region", "eu-west-1"),
                    entry("credentials.aws.resolver.url", "http://localhost:4566"),
                    entry("spec.endpoint_url", "https://sso.example.com")));
    for (String account :
        new String[] {
          "\"123456789012\"", "{id: \"123456789012\"}", "{id: \"123456789012\", name: x}"
        }) {
      assertThat(
              identity(
                  "{kind: aws/permission-set, principal: {name: A, account: " + account + "}}"))
          .contains(Map.of("principal.name", "A", "principal.account", "123456789012"));
    }
    for (String account : new String[] {"dev", "{name: dev}", "{id: '', name: dev}"}) {
      assertThat(
              identity(
                  "{kind: aws/permission-set, principal: {name: A, account: " + account + "}}"))
          .contains(Map.of("principal.name", "A", "principal.account", "dev"));
    }
  }

  @Test
  void assumeRole() {
    assertThat(identity(example(false, "aws/assume-role")))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("principal.assume_role", "arn:aws:iam::123456789012:role/team/deploy"),
                    entry("principal.session_name", "deploy"),
                    entry("principal.external_id", "acme-1234"),
                    entry("principal.source_identity", "jane.doe"),
                    entry("principal.session_tags.team", "platform"),
                    entry("principal.session_tags.stage", "prod"),
                    entry("principal.duration", "1h"),
                    entry("principal.region", "eu-west-1"),
                    entry("spec.endpoint_url", "https://sts.example.com")));
  }

  @Test
  void assumeRoot() {
    assertThat(identity(example(false, "aws/assume-root")))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("principal.target_principal", "123456789012"),
                    entry(
                        "principal.task_policy_arn",
                        "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"),
                    entry("principal.duration", "15m"),
                    entry("principal.region", "us-east-1"),
                    entry("spec.endpoint_url", "https://sts.example.com")));
  }

  @Test
  void user_withMfa() {
    assertThat(identity(example(false, "aws/user")))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("credentials.access_key_id", "AKIAIOSFODNN7EXAMPLE"),
                    entry("credentials.mfa_arn", "arn:aws:iam::123456789012:mfa/jane"),
                    entry("credentials.region", "us-east-2"),
                    entry("session.duration", "12h"),
                    entry("spec.endpoint_url", "https://sts.example.com")));
  }

  @Test
  void user_withAKey() {
    ChainStep user =
        scenario.identity(
            "me",
            "{kind: aws/user, credentials: {access_key_id: AKID, secret_access_key: s, region:"
                + " us-east-2}}");
    assertThat(user.cacheKey())
        .contains(Map.of("credentials.access_key_id", "AKID", "credentials.region", "us-east-2"));
    assertThat(user.isCacheable()).isTrue();
    assertThat(user.savedKeyOwner()).isEmpty();
  }

  @Test
  void savedKey_belongsToANameOfAFile_whateverElseChanges() {
    for (String more :
        new String[] {"", ", session: {duration: 1h}", ", credentials: {region: x}"}) {
      assertThat(scenario.identity("dev", "{kind: aws/user" + more + "}").savedKeyOwner())
          .contains(Map.of("name", "dev", "file", "/project/atmos.yaml"));
    }
    assertThat(scenario.identity("pod", "{kind: ambient}").savedKeyOwner()).isEmpty();
    assertThat(identity("{kind: aws/user, session: {raw: true}}"))
        .hasValueSatisfying(key -> assertThat(key).containsEntry("session.raw", "true"));
  }

  @Test
  void user_withASavedKey() {
    assertThat(
            identity(
                "{kind: aws/user, credentials: {mfa_arn: GAHT12345678, region: us-east-2}, session:"
                    + " {duration: 1h}, spec: {endpoint_url: https://sts.example.com}}"))
        .hasValueSatisfying(key ->
            assertThat(key)
                .containsOnly(
                    entry("name", "dev"),
                    entry("file", "/project/atmos.yaml"),
                    entry("credentials.mfa_arn", "GAHT12345678"),
                    entry("credentials.region", "us-east-2"),
                    entry("session.duration", "1h"),
                    entry("spec.endpoint_url", "https://sts.example.com")));
  }

  @Test
  void ambient() {
    assertThat(identity("{kind: ambient}")).isEmpty();
    scenario.keys("AKIDENV");
    assertThat(identity("{kind: ambient}")).contains(Map.of("access_key_id", "AKIDENV"));
    assertThat(identity(example(false, "aws/ambient")))
        .contains(Map.of("access_key_id", "AKIDENV"));
  }

  @Test
  void mocks() {
    assertThat(provider("{kind: mock}")).isEmpty();
    assertThat(identity("{kind: mock/aws}")).isEmpty();
  }

  @Test
  void noKey_ofAnyKind_holdsASecret() {
    for (KindExamples.Example example : KindExamples.all()) {
      Optional<Map<String, String>> key =
          example.isProvider() ? provider(example.yaml()) : identity(example.yaml());
      assertThat(key.orElse(Map.of()).toString()).doesNotContain(KindScenario.SECRET);
    }
  }
}
