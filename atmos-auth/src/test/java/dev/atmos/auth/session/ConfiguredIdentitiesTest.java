package dev.atmos.auth.session;

import static dev.atmos.plugin.base.ExitCode.PLUGIN;
import static dev.atmos.plugin.base.ExitCode.SIGN_IN_REQUIRED;
import static dev.atmos.plugin.base.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredIdentitiesTest {
  private static final String TWO =
      """
      dev:
        kind: t
      prod:
        kind: t
      """;

  /** Identities of a kind whose key id says which one was asked for, from the third line on. */
  private static AuthTestContext over(String identities) {
    return section("identities:\n" + identities.indent(2));
  }

  private static AuthTestContext section(String auth) {
    return new AuthTestContext().kind("t").config("auth:\n" + auth.indent(2));
  }

  @Test
  void noConfiguration_noName_takesTheEnvironment() {
    assertThat(new AuthTestContext().keys("AKIDENV").keyId(null)).isEqualTo("AKIDENV");
  }

  @Test
  void authWithoutIdentities_noName_takesTheEnvironment() {
    for (String auth : new String[] {"realm: ~", "identities: {}", "identities: ~"}) {
      assertThat(section(auth).keys("AKIDENV").keyId(null)).as(auth).isEqualTo("AKIDENV");
    }
  }

  @Test
  void noIdentities_name_isUnknown() {
    assertThat(new AuthTestContext().keys("AKIDENV").failure(USAGE, "dev"))
        .isEqualTo(
            "unknown identity 'dev': no identities are configured"
                + " | without --identity, the environment's credentials are used");
    assertThat(section("realm: ~").failure(USAGE, "dev"))
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
    AuthTestContext context = over(TWO).keys("AKIDENV").set("ATMOS_IDENTITY", value);
    assertThat(context.keyId(null)).isEqualTo("AKIDENV");
    assertThat(context.keyId("dev")).isEqualTo("t:dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "yes", "on", "none", " "})
  void variableSaysAnythingElse_noName_isAName(String value) {
    assertThat(over(TWO).set("ATMOS_IDENTITY", value).failure(USAGE, null))
        .startsWith("unknown identity '" + value + "' (from ATMOS_IDENTITY)");
  }

  @Test
  void name_comesBeforeTheVariableAndTheDefault() {
    AuthTestContext context =
        over("""
        a:
          kind: t
        b:
          kind: t
        c:
          kind: t
          default: true
        """)
            .set("ATMOS_IDENTITY", "b");
    assertThat(context.keyId("a")).isEqualTo("t:a");
    assertThat(context.keyId(null)).isEqualTo("t:b");
    assertThat(context.set("ATMOS_IDENTITY", "").keyId(null)).isEqualTo("t:c");
  }

  @Test
  void onlyIdentity_withoutDefault_isTaken() {
    assertThat(over("dev: {kind: t}").keyId(null)).isEqualTo("t:dev");
    assertThat(over("dev: {kind: t, default: false}").keyId(null)).isEqualTo("t:dev");
  }

  @Test
  void severalIdentities_noDefault_areListed() {
    assertThat(over(TWO).keys("AKIDENV").failure(USAGE, null))
        .isEqualTo(
            "several identities are configured, and none is the default: dev, prod"
                + " | choose one with --identity NAME, or give one of them default: true");
  }

  @Test
  void manyIdentities_noDefault_areListedUpToTen() {
    StringBuilder config = new StringBuilder();
    for (int i = 1; i <= 13; i++) {
      config.append("id").append(i).append(": {kind: t}\n");
    }
    assertThat(over(config.toString()).failure(USAGE, null))
        .contains("id1, id2, id3, id4, id5, id6, id7, id8, id9, id10 and 3 more |");
  }

  @Test
  void severalDefaults_areListed() {
    String config =
        TWO
            + """
            x:
              kind: t
              default: true
            y:
              kind: t
              default: True
            """;
    assertThat(over(config).failure(USAGE, null))
        .isEqualTo(
            "several identities say default: true: x, y"
                + " | choose one with --identity NAME, or leave default: true with one of them");
    assertThat(over(config).keyId("dev")).isEqualTo("t:dev");
  }

  @Test
  void defaultThatIsNoFlag_isRefusedOnlyWhereItMatters() {
    String config =
        TWO
            + """
            x:
              kind: t
              default: maybe
            """;
    assertThat(over(config).failure(USAGE, null))
        .startsWith("atmos.yaml:9:7: 'default' must be true or false");
    assertThat(over(config).keyId("dev")).isEqualTo("t:dev");
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
    String config =
        """
        dev:
          kind: t
        Super/Admin.x:
          kind: t
          alias: adm
        same:
          kind: t
          alias: dev
        Same:
          kind: t
          alias: Dev
        Äöü:
          kind: t
          alias: ~
        """;
    assertThat(over(config).keyId(wanted)).isEqualTo("t:" + found);
    assertThat(over(config).set("ATMOS_IDENTITY", wanted).keyId(null)).isEqualTo("t:" + found);
  }

  @Test
  void aliasAsWritten_comesBeforeAliasInAnotherCase() {
    String config =
        """
        a:
          kind: t
          alias: ops
        b:
          kind: t
          alias: Ops
        """;
    assertThat(over(config).keyId("Ops")).isEqualTo("t:b");
    assertThat(over(config).failure(USAGE, "OPS"))
        .isEqualTo(
            "identity 'OPS' could be any of a, b"
                + " | choose one with --identity NAME, spelled as in the configuration");
  }

  @Test
  void name_thatCouldBeSeveral_isListed() {
    String config =
        """
        same:
          kind: t
        Same:
          kind: t
        """;
    assertThat(over(config).failure(USAGE, "SAME")).contains("could be any of same, Same");
    String aliases =
        TWO
            + """
            a:
              kind: t
              alias: ops
            b:
              kind: t
              alias: ops
            """;
    assertThat(over(aliases).set("ATMOS_IDENTITY", "ops").failure(USAGE, null))
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
    String config =
        TWO
            + """
            admin:
              kind: t
              alias: ops
            """;
    assertThat(over(config).failure(USAGE, wanted))
        .isEqualTo("unknown identity '" + wanted + "' | " + hint);
  }

  @Test
  void unknownName_ofAnyContent_staysOnOneLine() {
    assertThat(over(TWO).failure(USAGE, "a\nb\u001b[31m\u202e" + "x".repeat(500)))
        .doesNotContain("\n")
        .startsWith("unknown identity 'a?b?[31m?xxx")
        .hasSizeLessThan(200);
  }

  @Test
  void emptyName_isRefused() {
    assertThat(over("dev: {kind: t}").failure(USAGE, ""))
        .isEqualTo("--identity has no name | name the identity: --identity NAME");
  }

  @Test
  void identityWithoutKind_isRefusedWithItsPosition() {
    String config =
        """
        a:
          alias: x
        b:
          kind: ~
        c:
          kind: ''
        d: {}
        e: ~
        """;
    String hint =
        " | give it a kind here, as this replaces what other files say of it, or use the profile"
            + " that does";
    assertThat(over(config).failure(USAGE, "a"))
        .isEqualTo(
            "atmos.yaml:3:5: identity 'a' is not configured: it has no kind\n  3 |     a:" + hint);
    assertThat(over(config).failure(USAGE, "b")).startsWith("atmos.yaml:5:5: identity 'b' is not");
    assertThat(over(config).failure(USAGE, "c")).startsWith("atmos.yaml:7:5: identity 'c' is not");
    assertThat(over(config).failure(USAGE, "d")).startsWith("atmos.yaml:9:5: identity 'd' is not");
    assertThat(over(config).failure(USAGE, "e")).contains(": identity 'e' is not");
  }

  @Test
  void partOfAnotherType_isRefusedWithItsPosition() {
    assertThat(over("dev: text").failure(USAGE, "dev"))
        .startsWith("atmos.yaml:3:5: 'dev' must be a mapping, and is a text");
    assertThat(section("identities: text").failure(USAGE, null))
        .startsWith("atmos.yaml:2:3: 'identities' must be a mapping, and is a text");
    assertThat(over("dev:\n  kind: {a: b}").failure(USAGE, "dev"))
        .startsWith("atmos.yaml:4:7: 'kind' must be a text, and is a mapping");
  }

  @Test
  void kindThatNoPluginSupplies_isRefusedOnlyWhereItIsUsed() {
    String config =
        TWO
            + """
            x:
              kind: acme/vault
            y:
              kind: aws/usr
            """;
    assertThat(over(config).keyId("dev")).isEqualTo("t:dev");
    assertThat(over(config).failure(PLUGIN, "x"))
        .isEqualTo(
            "atmos.yaml:8:7: no plugin supplies kind 'acme/vault' of identity 'x'\n"
                + "  8 |       kind: ... | known: ambient, aws/ambient, aws/assume-role,"
                + " aws/assume-root, aws/login, aws/permission-set, aws/user, mock, mock/aws, t");
    assertThat(over(config).failure(PLUGIN, "y")).endsWith(" | did you mean aws/user?");
  }

  @Test
  void foreignKind_isNamedWithItsPosition_onlyWhereItIsUsed() {
    String config =
        TWO
            + """
            az:
              kind: azure/subscription
            near:
              kind: aws/asume-role
            """;
    assertThat(over(config).keyId("dev")).isEqualTo("t:dev");
    assertThat(over(config).failure(PLUGIN, "az"))
        .isEqualTo(
            "atmos.yaml:8:7: no plugin supplies kind 'azure/subscription' of identity 'az'\n"
                + "  8 |       kind: ... | a plugin for Azure could supply it");
    assertThat(over(config).failure(PLUGIN, "near")).endsWith("did you mean aws/assume-role?");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "dev, dev",
        "Team/dev.x_1-2, Team/dev.x_1-2",
        "two words, 'two words'",
        "it's, 'it'\\''s'",
        "$HOME, '$HOME'",
        "ümlaut, 'ümlaut'",
      })
  void signInCommand_quotesTheNameForAShell(String name, String word) {
    assertThat(over(name + ": {kind: aws/user}").failure(SIGN_IN_REQUIRED, name))
        .isEqualTo(
            "identity '"
                + name
                + "' needs a sign-in: the configuration has no access key for '"
                + name
                + "' | run: atmos auth login "
                + word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws/user", "aws/ambient", "ambient"})
  void kindWithoutVia_withVia_isRefusedWithItsPosition(String kind) {
    AuthTestContext context =
        over("dev:\n  kind: " + kind + "\n  via: {provider: sso}").keys("AKIDENV");
    assertThat(context.failure(USAGE, "dev"))
        .isEqualTo(
            "atmos.yaml:5:7: identity 'dev' is of kind "
                + kind
                + ", which takes no 'via'\n  5 |       via: ...");
  }

  @Test
  void otherFields_thatAreWrong_costNoSignature() {
    String config =
        """
        dev:
          kind: aws/user
          credentials: {access_key_id: AKIDUSER, secret_access_key: %s, region: mars, mfa_arn: ''}
          session: {duration: nonsense}
        """
            .formatted(AuthTestContext.SECRET);
    assertThat(over(config).keyId("dev")).isEqualTo("AKIDUSER");
  }

  // ---- names and regions

  private static Identities identities(AuthTestContext context) {
    return context.engine().identities();
  }

  @ParameterizedTest
  @CsvSource({"prod, prod", "PROD, prod", "p, prod", "dev, dev"})
  void nameOf_nameOrAlias_isTheNameAsConfigured(String typed, String name) {
    AuthTestContext context =
        over(
            """
            dev:
              kind: t
            prod:
              kind: of no plugin
              alias: p
            """);
    assertThat(identities(context).nameOf(typed)).contains(name);
    assertThat(identities(context.set("ATMOS_IDENTITY", typed)).nameOf(null)).contains(name);
  }

  @Test
  void nameOf_withoutAName_isEmptyOnlyWhereTheEnvironmentIsUsed() {
    assertThat(identities(new AuthTestContext()).nameOf(null)).isEmpty();
    assertThat(identities(over(TWO).set("ATMOS_IDENTITY", "off")).nameOf(null)).isEmpty();
    assertThat(identities(over("a: {kind: t}")).nameOf(null)).contains("a");
    assertThat(
            catchThrowableOfType(AtmosException.class, () -> identities(over(TWO)).nameOf(null))
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
  })
  void regionOf_identity_isItsOwnElseThatOfItsChain(String name, @Nullable String region) {
    AuthTestContext context =
        new AuthTestContext()
            .config(
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
                """);
    assertThat(identities(context).regionOf(name)).isEqualTo(Optional.ofNullable(region));
    assertThat(
            catchThrowableOfType(
                    AtmosException.class, () -> identities(context).regionOf("unknown"))
                .exitCode())
        .isEqualTo(USAGE);
  }
}
