package dev.atmos.auth.session;

import static dev.atmos.plugin.base.ExitCode.PLUGIN;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.TestConfig;
import dev.atmos.services.testing.YamlConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredIdentitiesTest {

  /** Identities of a kind whose key id says who was asked for. */
  private static AuthTestContext world(TestConfig config) {
    return new AuthTestContext().kind("t").config(config);
  }

  private static TestConfig two() {
    return new TestConfig().identity("dev", "kind", "t").identity("prod", "kind", "t");
  }

  @Test
  void noConfiguration_noName_takesTheEnvironment() {
    assertThat(new AuthTestContext().keys("AKIDENV").keyId(null)).isEqualTo("AKIDENV");
  }

  @Test
  void authWithoutIdentities_noName_takesTheEnvironment() {
    assertThat(world(new TestConfig().section()).keys("AKIDENV").keyId(null)).isEqualTo("AKIDENV");
    assertThat(world(new TestConfig().identities()).keys("AKIDENV").keyId(null))
        .isEqualTo("AKIDENV");
    assertThat(world(new TestConfig().auth("identities", "~")).keys("AKIDENV").keyId(null))
        .isEqualTo("AKIDENV");
  }

  @Test
  void noIdentities_name_isUnknown() {
    assertThat(new AuthTestContext().keys("AKIDENV").failure(USAGE, "dev"))
        .isEqualTo(
            "unknown identity 'dev': no identities are configured"
                + " | without --identity, the environment's credentials are used");
    assertThat(world(new TestConfig().section()).failure(USAGE, "dev"))
        .startsWith("unknown identity 'dev': no identities are configured");
  }

  @Test
  void noIdentities_nameOfTheVariable_isUnknown() {
    assertThat(
            new AuthTestContext().keys("AKIDENV").set("ATMOS_IDENTITY", "dev").failure(USAGE, null))
        .isEqualTo(
            "unknown identity 'dev' (from ATMOS_IDENTITY): no identities are configured"
                + " | unset ATMOS_IDENTITY to use the environment's credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "FALSE", "0", "no", "No", "off", "OFF"})
  void variableSaysNone_noName_takesTheEnvironment(String value) {
    AuthTestContext world = world(two()).keys("AKIDENV").set("ATMOS_IDENTITY", value);
    assertThat(world.keyId(null)).isEqualTo("AKIDENV");
    assertThat(world.keyId("dev")).isEqualTo("t:dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "yes", "on", "nobody", " "})
  void variableSaysAnythingElse_noName_isAName(String value) {
    assertThat(world(two()).set("ATMOS_IDENTITY", value).failure(USAGE, null))
        .startsWith("unknown identity '" + value + "' (from ATMOS_IDENTITY)");
  }

  @Test
  void name_comesBeforeTheVariableAndTheDefault() {
    AuthTestContext world =
        world(
                new TestConfig()
                    .identity("a", "kind", "t")
                    .identity("b", "kind", "t")
                    .identity("c", "kind", "t", "default", "true"))
            .set("ATMOS_IDENTITY", "b");
    assertThat(world.keyId("a")).isEqualTo("t:a");
    assertThat(world.keyId(null)).isEqualTo("t:b");
    assertThat(world.set("ATMOS_IDENTITY", "").keyId(null)).isEqualTo("t:c");
  }

  @Test
  void onlyIdentity_withoutDefault_isTaken() {
    assertThat(world(new TestConfig().identity("dev", "kind", "t")).keyId(null)).isEqualTo("t:dev");
    assertThat(world(new TestConfig().identity("dev", "kind", "t", "default", "false")).keyId(null))
        .isEqualTo("t:dev");
  }

  @Test
  void severalIdentities_noDefault_areListed() {
    assertThat(world(two()).keys("AKIDENV").failure(USAGE, null))
        .isEqualTo(
            "several identities are configured, and none is the default: dev, prod"
                + " | choose one with --identity NAME, or give one of them default: true");
  }

  @Test
  void manyIdentities_noDefault_areListedUpToTen() {
    TestConfig config = new TestConfig();
    for (int i = 1; i <= 13; i++) {
      config.identity("id" + i, "kind", "t");
    }
    assertThat(world(config).failure(USAGE, null))
        .contains("id1, id2, id3, id4, id5, id6, id7, id8, id9, id10 and 3 more |");
  }

  @Test
  void severalDefaults_areListed() {
    TestConfig config =
        two()
            .identity("x", "kind", "t", "default", "true")
            .identity("y", "kind", "t", "default", "True");
    assertThat(world(config).failure(USAGE, null))
        .isEqualTo(
            "several identities say default: true: x, y"
                + " | choose one with --identity NAME, or leave default: true with one of them");
    assertThat(world(config).keyId("dev")).isEqualTo("t:dev");
  }

  @Test
  void defaultThatIsNoFlag_isRefusedOnlyWhereItMatters() {
    TestConfig config = two().identity("x", "kind", "t", "default", "maybe");
    assertThat(world(config).failure(USAGE, null))
        .startsWith("atmos.yaml:9:7: 'default' must be true or false");
    assertThat(world(config).keyId("dev")).isEqualTo("t:dev");
  }

  @ParameterizedTest
  @CsvSource({
    // wanted, found
    "dev, dev",
    "Super/Admin.x, Super/Admin.x",
    "super/admin.X, Super/Admin.x",
    "DEV, dev",
    "adm, Super/Admin.x",
    "ADM, Super/Admin.x",
    "same, same",
    "Same, Same",
    "äöü, ???",
  })
  void name_asWrittenThenInAnyCaseThenAsAlias_isFound(String wanted, String found) {
    TestConfig config =
        new TestConfig()
            .identity("dev", "kind", "t")
            .identity("Super/Admin.x", "kind", "t", "alias", "adm")
            .identity("same", "kind", "t", "alias", "dev")
            .identity("Same", "kind", "t", "alias", "Dev")
            .identity("Äöü", "kind", "t", "alias", "~");
    assertThat(world(config).keyId(wanted)).isEqualTo("t:" + found);
    assertThat(world(config).set("ATMOS_IDENTITY", wanted).keyId(null)).isEqualTo("t:" + found);
  }

  @Test
  void aliasAsWritten_comesBeforeAliasInAnotherCase() {
    TestConfig config =
        new TestConfig()
            .identity("a", "kind", "t", "alias", "ops")
            .identity("b", "kind", "t", "alias", "Ops");
    assertThat(world(config).keyId("Ops")).isEqualTo("t:b");
    assertThat(world(config).failure(USAGE, "OPS"))
        .isEqualTo(
            "identity 'OPS' could be any of a, b"
                + " | choose one with --identity NAME, spelt as in the configuration");
  }

  @Test
  void name_thatCouldBeSeveral_isListed() {
    TestConfig config =
        new TestConfig().identity("same", "kind", "t").identity("Same", "kind", "t");
    assertThat(world(config).failure(USAGE, "SAME")).contains("could be any of same, Same");
    TestConfig aliases =
        two().identity("a", "kind", "t", "alias", "ops").identity("b", "kind", "t", "alias", "ops");
    assertThat(world(aliases).set("ATMOS_IDENTITY", "ops").failure(USAGE, null))
        .startsWith("identity 'ops' (from ATMOS_IDENTITY) could be any of a, b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "prd; did you mean prod?",
        "PORD; did you mean prod?",
        "de; did you mean dev?",
        "opps; did you mean ops?",
        "nothing-like-it; configured: dev, prod, admin",
      })
  void unknownName_isAnsweredWithTheNearest(String wanted, String hint) {
    TestConfig config = two().identity("admin", "kind", "t", "alias", "ops");
    assertThat(world(config).failure(USAGE, wanted))
        .isEqualTo("unknown identity '" + wanted + "' | " + hint);
  }

  @Test
  void unknownName_ofAnyContent_staysOnOneLine() {
    assertThat(world(two()).failure(USAGE, "a\nb\u001b[31m\u202e" + "x".repeat(500)))
        .doesNotContain("\n")
        .startsWith("unknown identity 'a?b?[31m?xxx")
        .hasSizeLessThan(200);
  }

  @Test
  void emptyName_isRefused() {
    assertThat(world(new TestConfig().identity("dev", "kind", "t")).failure(USAGE, ""))
        .isEqualTo("--identity has no name | say which identity: --identity NAME");
  }

  @Test
  void identityWithoutKind_isRefusedWithItsPosition() {
    TestConfig config =
        new TestConfig()
            .identity("a", "alias", "x")
            .identity("b", "kind", "~")
            .identity("c", "kind", "")
            .identity("d")
            .identityText("e", "~");
    String hint = " | give it a kind, such as aws/user, or use the profile that does";
    assertThat(world(config).failure(USAGE, "a"))
        .isEqualTo(
            "atmos.yaml:3:5: identity 'a' is not configured: it has no kind\n  3 |     a:" + hint);
    assertThat(world(config).failure(USAGE, "b")).startsWith("atmos.yaml:5:5: identity 'b' is not");
    assertThat(world(config).failure(USAGE, "c")).startsWith("atmos.yaml:7:5: identity 'c' is not");
    assertThat(world(config).failure(USAGE, "d")).startsWith("atmos.yaml:9:5: identity 'd' is not");
    assertThat(world(config).failure(USAGE, "e")).contains(": identity 'e' is not");
  }

  @Test
  void partOfAnotherType_isRefusedWithItsPosition() {
    assertThat(world(new TestConfig().identityText("dev", "text")).failure(USAGE, "dev"))
        .startsWith("atmos.yaml:3:5: 'dev' must be a mapping, and is a text");
    assertThat(world(new TestConfig().auth("identities", "text")).failure(USAGE, null))
        .startsWith("atmos.yaml:2:3: 'identities' must be a mapping, and is a text");
    assertThat(world(new TestConfig().identity("dev", "kind.a", "b")).failure(USAGE, "dev"))
        .startsWith("atmos.yaml:4:7: 'kind' must be a text, and is a mapping");
  }

  @Test
  void kindThatNobodySupplies_isRefusedOnlyWhereItIsUsed() {
    TestConfig config = two().identity("x", "kind", "acme/vault").identity("y", "kind", "aws/usr");
    assertThat(world(config).keyId("dev")).isEqualTo("t:dev");
    assertThat(world(config).failure(PLUGIN, "x"))
        .isEqualTo(
            "atmos.yaml:8:7: no plugin supplies kind 'acme/vault' of identity 'x'\n"
                + "  8 |       kind: ... | kinds that are supplied: ambient, aws/ambient,"
                + " aws/assume-role, aws/assume-root, aws/permission-set, aws/user, mock/aws, t");
    assertThat(world(config).failure(PLUGIN, "y")).endsWith(" | did you mean aws/user?");
  }

  @Test
  void foreignKind_isNamedWithItsPosition_onlyWhereItIsUsed() {
    TestConfig config =
        two()
            .identity("az", "kind", "azure/subscription")
            .identity("near", "kind", "aws/asume-role");
    assertThat(world(config).keyId("dev")).isEqualTo("t:dev");
    assertThat(world(config).failure(PLUGIN, "az"))
        .isEqualTo(
            "atmos.yaml:8:7: no plugin supplies kind 'azure/subscription' of identity 'az'\n"
                + "  8 |       kind: ... | a plugin for Azure could supply it");
    assertThat(world(config).failure(PLUGIN, "near")).endsWith("did you mean aws/assume-role?");
  }

  // ---- who is meant, and where

  private static dev.atmos.plugin.auth.Identities identities(AuthTestContext world) {
    return new ConfiguredIdentities.Factory().apply(world.context());
  }

  @ParameterizedTest
  @CsvSource({"prod, prod", "PROD, prod", "p, prod", "dev, dev"})
  void nameOf_nameOrAlias_isTheNameAsConfigured(String typed, String name) {
    AuthTestContext world =
        world(
            new TestConfig()
                .identity("dev", "kind", "t")
                .identity("prod", "kind", "of nobody", "alias", "p"));
    assertThat(identities(world).nameOf(typed)).contains(name);
    assertThat(identities(world.set("ATMOS_IDENTITY", typed)).nameOf(null)).contains(name);
  }

  @Test
  void nameOf_nobody_isEmptyOnlyWhereTheEnvironmentIsMeant() {
    assertThat(identities(new AuthTestContext()).nameOf(null)).isEmpty();
    assertThat(identities(world(two()).set("ATMOS_IDENTITY", "off")).nameOf(null)).isEmpty();
    assertThat(identities(world(new TestConfig().identity("a", "kind", "t"))).nameOf(null))
        .contains("a");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    dev.atmos.plugin.base.AtmosException.class,
                    () -> identities(world(two())).nameOf(null))
                .exitCode())
        .isEqualTo(USAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "own, eu-west-1",
    "through, eu-west-1",
    "sso, us-east-1",
    "user, ap-south-1",
    "none, ",
    "unknown, ",
  })
  void regionOf_identity_isItsOwnElseThatOfWhomItGoesThrough(String name, String region) {
    AuthTestContext world = new AuthTestContext();
    world
        .context()
        .withConfig(
            YamlConfig.root(
                """
                auth:
                  providers:
                    corp:
                      kind: aws/iam-identity-center
                      start_url: https://corp.awsapps.com/start
                      region: us-east-1
                  identities:
                    own:
                      kind: aws/assume-role
                      via: {identity: sso}
                      principal: {assume_role: 'arn:aws:iam::111111111111:role/x', region: eu-west-1}
                    through:
                      kind: aws/assume-role
                      via: {identity: own}
                      principal: {assume_role: 'arn:aws:iam::111111111111:role/x'}
                    sso:
                      kind: aws/permission-set
                      via: {provider: corp}
                      principal: {name: Developer, account: {id: 111111111111}}
                    user:
                      kind: aws/user
                      credentials: {region: ap-south-1}
                    none:
                      kind: aws/user
                """));
    assertThat(identities(world).regionOf(name)).isEqualTo(java.util.Optional.ofNullable(region));
  }
}
