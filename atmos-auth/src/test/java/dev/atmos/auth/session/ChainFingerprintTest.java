package dev.atmos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.services.kind.Kinds;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fingerprints of chains of every kind, as they were recorded. A change of one signs every user
 * of that kind out.
 */
class ChainFingerprintTest {
  private static final String CONFIG =
      """
      auth:
        providers:
          sso: {kind: aws/iam-identity-center, start_url: https://acme.awsapps.com/start/, region: eu-west-1}
          job: {kind: github/oidc, spec: {audience: acme}}
          mock: {kind: mock}
          mock-aws: {kind: mock/aws}
        identities:
          set:
            kind: aws/permission-set
            via: {provider: sso}
            principal: {name: Admin, account: {id: "111111111111", name: dev}, region: us-west-2}
          set-by-name:
            kind: aws/permission-set
            via: {provider: sso}
            principal: {name: Admin, account: dev}
          role:
            kind: aws/assume-role
            via: {identity: set}
            principal:
              assume_role: arn:aws:iam::222222222222:role/Deploy
              session_name: ci
              external_id: xyz-1
              source_identity: ann
              session_tags: {team: core}
              duration: 30m
              region: eu-west-3
            spec: {endpoint_url: "https://sts.example"}
          role-of-job:
            kind: aws/assume-role
            via: {provider: job}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          root:
            kind: aws/assume-root
            via: {identity: set}
            principal:
              target_principal: "333333333333"
              task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
              duration: 15m
              region: us-east-1
          user:
            kind: aws/user
            credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: secret, region: us-east-2}
          user-with-mfa:
            kind: aws/user
            session: {duration: 12h}
            credentials:
              access_key_id: AKIAIOSFODNN7EXAMPLE
              secret_access_key: secret
              mfa_arn: arn:aws:iam::111111111111:mfa/me
              region: us-east-2
          user-with-a-stored-key: {kind: aws/user, credentials: {region: us-east-2}}
          role-of-user:
            kind: aws/assume-role
            via: {identity: user}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          console: {kind: aws/login, sign_in_region: us-west-2, principal: {account: {id: "111111111111"}, region: us-east-2}}
          env: {kind: ambient}
          env-aws: {kind: aws/ambient, principal: {region: us-east-2}}
          role-of-env:
            kind: aws/assume-role
            via: {identity: env-aws}
            principal: {assume_role: "arn:aws:iam::222222222222:role/Deploy"}
          fake: {kind: mock, via: {provider: mock}}
          fake-aws: {kind: mock/aws, via: {provider: mock-aws}}
      """;

  private final SignInTestContext context =
      new SignInTestContext()
          .config(CONFIG)
          .set("GITHUB_REPOSITORY", "acme/app")
          .set("GITHUB_RUN_ID", "7")
          .set("GITHUB_JOB", "build")
          .set("AWS_ACCESS_KEY_ID", "AKIAOTHER")
          .set("AWS_SECRET_ACCESS_KEY", "secret");

  private static @Nullable String hex(Chain chain) {
    Fingerprint fingerprint = chain.fingerprint(chain.last());
    return fingerprint == null ? null : fingerprint.hex();
  }

  private ChainReader reader() {
    return new ChainReader(context.services());
  }

  @ParameterizedTest
  @CsvSource({
    "sso, 869019961ee56a2b8d08d8b8394dd6ee1c18f39e21ae31c3ceeceb9852cdd6fd",
    "job, 34ed253fb83e7a70b5a466cd10bb8fa6cab6187bfa05b5115f3ddca884b9b15a",
    "mock, ",
    "mock-aws, ",
  })
  void fingerprint_ofAProvider_isAsItWasRecorded(String provider, @Nullable String expected) {
    assertThat(hex(reader().provider(provider))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "set, 0a86f411fa464ac3d1c5dc7308db6ec17243c8aa4beb5f5557ce9d1b0d1cae44",
    "set-by-name, 732b3fce976845e46f7d221ba94120ceb2fed7daafdf9e8cdb91c67f22bde613",
    "role, 7f5435ba1f588fe051436134fdd06c68fd26e95ba049aee9e27e193c997d67f2",
    "role-of-job, 9d9a74bc84ddf982e8eb8a7e120520878ac3012e856138fa1829a3c4a0f3d89e",
    "root, 489de0c820fbb220ed523219da15857684ba00dd96c704f2240260023d552afc",
    "user, 391a043dca25688670b6f67172e720c2642d97e8da496f190584e4e9c1e709d8",
    "user-with-mfa, e7cc86408b23a2ae99b5eba06d4762241898c60e48ad11cbb740c50c19bb4187",
    "user-with-a-stored-key, b90d581b386352f33f6b60a719aefd8937fff91483d1653de760e328cfc50d35",
    "role-of-user, 917d3aa43a3de31aba7e3f29e3dbf1521e5613673d824c25b936c83cb87cfd6a",
    "console, 6715e7317e4bf9878dbab078d62800e308d8c11d95edc2ac331e50b52a89b526",
    "env, 8595677f01805686c928a4db63d4961c032f83e22cb4d1f0114d83ab673c4fea",
    "env-aws, 2ceacaa65d15e39f8ba468fb6e889a1c856b5de11b5f56d2db1db85ae770cca2",
    "role-of-env, decf5f97184e14193192443087c6d4f2f373810a9a67f04fc0523e4fd99e6da2",
    "fake, ",
    "fake-aws, ",
  })
  void fingerprint_ofAnIdentity_isAsItWasRecorded(String identity, @Nullable String expected) {
    assertThat(hex(reader().identity(identity))).isEqualTo(expected);
  }

  @Test
  void fingerprint_inARealm_isAnother() {
    context.config("auth:\n  realm: acme\n" + CONFIG.substring("auth:\n".length()));

    assertThat(hex(reader().identity("set")))
        .isEqualTo("69e59fed9091b050518a7ab25dd1e17d811db3f84219a3171fa4f6f2f29e039d");
  }

  @Test
  void chains_haveEveryBuiltInKind() {
    Set<String> found = new TreeSet<>();
    for (String name :
        context.services().configMap("auth").orElseThrow().map("providers").orElseThrow().keys()) {
      found.add("provider " + reader().provider(name).target().kind());
    }
    for (String name :
        context.services().configMap("auth").orElseThrow().map("identities").orElseThrow().keys()) {
      found.add("identity " + reader().identity(name).target().kind());
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            kinds(context.services().kinds().providers(), context.services().kinds().identities()));
  }

  private static Set<String> kinds(Kinds<?> providers, Kinds<?> identities) {
    Set<String> kinds = new TreeSet<>();
    providers.builtInNames().forEach(kind -> kinds.add("provider " + kind));
    identities.builtInNames().forEach(kind -> kinds.add("identity " + kind));
    return kinds;
  }
}
