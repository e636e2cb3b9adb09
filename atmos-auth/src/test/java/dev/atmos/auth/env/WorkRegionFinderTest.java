package dev.atmos.auth.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmos.auth.AuthTestContext;
import dev.atmos.auth.session.AuthEngine;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.auth.WorkRegion;
import dev.atmos.services.auth.WorkRegion.Source;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkRegionFinderTest {
  private static final String CONFIGURATION =
      """
      auth:
        providers:
          acme: {kind: aws/iam-identity-center, start_url: https://acme.awsapps.com/start, region: eu-west-1}
        identities:
          dev:
            kind: aws/permission-set
            via: {provider: acme}
            principal: {name: Admin, account: {id: "111122223333"}}
          ops:
            kind: aws/permission-set
            via: {provider: acme}
            principal: {name: Ops, region: eu-north-1, account: {id: "111122223333"}}
          behind-ops:
            kind: aws/assume-role
            via: {identity: ops}
            principal: {assume_role: "arn:aws:iam::111122223333:role/x"}
          here: {kind: aws/ambient}
          there: {kind: aws/ambient, principal: {region: sa-east-1}}
          behind-here:
            kind: aws/assume-role
            via: {identity: here}
            principal: {assume_role: "arn:aws:iam::111122223333:role/x"}
      """;

  private final FakeServices services =
      AuthTestContext.addBuiltInKinds(
          new FakeServices().withConfig(YamlConfig.root(CONFIGURATION)));
  private final WorkRegionFinder finder = new WorkRegionFinder(new AuthEngine(services));

  private void env(@Nullable String variables) {
    for (String each : variables == null ? new String[0] : variables.split(" ")) {
      services.environment().set(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
  }

  private void files(@Nullable String config, @Nullable String credentials) {
    if (config != null) {
      services.directories().write("/home/dev/.aws/config", config.replace("|", "\n"));
    }
    if (credentials != null) {
      services.directories().write("/home/dev/.aws/credentials", credentials.replace("|", "\n"));
    }
  }

  private String found(@Nullable String option, @Nullable String identity) {
    return finder
        .find(option, identity)
        .map(found -> found.source() + " " + found.region().text())
        .orElse("nothing");
  }

  private @Nullable String notice(@Nullable String option, String identity) {
    return finder.find(option, identity).map(WorkRegion::notice).orElse(null);
  }

  /** The order: each row takes away what decided the row above. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ops, us-east-2, AWS_REGION=us-west-2, OPTION us-east-2",
        "ops, -, AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-west-1, IDENTITY eu-north-1",
        "dev, -, AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-west-1, ENVIRONMENT us-west-2",
        "dev, -, AWS_REGION= AWS_DEFAULT_REGION=us-west-1, ENVIRONMENT us-west-1",
        "dev, -, AWS_PROFILE=mine, ENVIRONMENT ca-central-1",
        "dev, -, AWS_DEFAULT_PROFILE=mine, ENVIRONMENT ca-central-1",
        "dev, -, AWS_PROFILE=keys, ENVIRONMENT ap-east-1",
        "dev, -, AWS_PROFILE=silent, ENVIRONMENT af-south-1",
        "dev, -, AWS_PROFILE=gone, ENVIRONMENT af-south-1",
        "dev, -, -, ENVIRONMENT af-south-1",
        "dev, -, AWS_CONFIG_FILE=/none AWS_SHARED_CREDENTIALS_FILE=/none, PROVIDER eu-west-1",
        "here, -, AWS_CONFIG_FILE=/none AWS_SHARED_CREDENTIALS_FILE=/none, nothing",
        "-, -, AWS_CONFIG_FILE=/none AWS_SHARED_CREDENTIALS_FILE=/none, nothing",
        "-, -, AWS_REGION=us-west-2, ENVIRONMENT us-west-2",
        "behind-ops, -, AWS_REGION=us-west-2, IDENTITY eu-north-1",
        "there, -, AWS_REGION=us-west-2, IDENTITY sa-east-1",
        "behind-here, -, AWS_REGION=us-west-2, ENVIRONMENT us-west-2",
        "behind-here, -, -, ENVIRONMENT af-south-1",
      })
  void find_ofWhatNamesARegion_isTheFirst(
      @Nullable String identity,
      @Nullable String option,
      @Nullable String variables,
      String expected) {
    env(variables);
    files(
        "[default]|region = af-south-1|[profile mine]|Region = ca-central-1|[profile silent]|output"
            + " = json|[profile keys]|region = eu-west-3",
        "[keys]|region = ap-east-1");
    assertThat(found(option, identity)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "AWS_REGION=eu-north-1 AWS_DEFAULT_REGION=eu-north-1 ATMOS_SET_REGION=eu-north-1;"
            + " PROVIDER eu-west-1",
        "AWS_REGION=eu-north-1 ATMOS_SET_REGION=eu-north-1,us-west-2; ENVIRONMENT us-west-2",
        "AWS_REGION=us-east-1 ATMOS_SET_REGION=eu-north-1,us-west-2; ENVIRONMENT us-east-1",
        "AWS_REGION=eu-north-1 AWS_DEFAULT_REGION=us-east-1 ATMOS_SET_REGION=eu-north-1;"
            + " ENVIRONMENT us-east-1",
        "AWS_REGION= ATMOS_SET_REGION=eu-north-1,us-west-2; ENVIRONMENT us-west-2",
      })
  void find_whereAtmosHasExportedARegion_isNotMisled(String variables, String expected) {
    env(variables);
    files("[default]|region = af-south-1", null);
    assertThat(found(null, "dev")).isEqualTo(expected);
  }

  @Test
  void notice_ofAnExportedRegionThatIsNotUsed_namesBoth() {
    env("AWS_REGION=us-west-2");
    assertThat(notice(null, "ops"))
        .isEqualTo(
            "AWS_REGION 'us-west-2' is not used: identity 'ops' works in eu-north-1; choose another"
                + " by --region");
    assertThat(notice("us-east-2", "ops")).as("the user has said so").isNull();
    assertThat(notice(null, "dev")).as("it is used").isNull();
    env("AWS_REGION=eu-north-1");
    assertThat(notice(null, "ops")).as("both say the same").isNull();
    env("ATMOS_SET_REGION=us-west-2 AWS_REGION=us-west-2");
    assertThat(notice(null, "ops")).as("atmos has exported it").isNull();
  }

  @Test
  void notice_ofTheProvidersRegion_saysThatItIsOnlyWhereThePortalIs() {
    assertThat(notice(null, "dev"))
        .isEqualTo(
            "the region is eu-west-1, that of provider 'acme'; choose another by --region,"
                + " AWS_REGION or principal.region");
  }

  @Test
  void show_isForAUserAtATerminal() {
    WorkRegion region = Objects.requireNonNull(finder.find(null, "dev").orElse(null));
    assertThat(region.source()).isEqualTo(Source.PROVIDER);
    region.show(services);
    assertThat(services.console().said()).isEmpty();
    services.terminal().watch();
    region.show(services);
    assertThat(services.console().said())
        .startsWith("atmos: the region is eu-west-1")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION=mars", "AWS_DEFAULT_REGION=a.b.c", "ATMOS_SET_REGION=x,y"})
  void find_whereTheRegionIsNone_saysWhichVariable(String variable) {
    env(variable);
    assertThatThrownBy(() -> finder.find(null, "dev"))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining(variable.substring(0, variable.indexOf('=')))
        .hasMessageContaining("is not an AWS region");
    assertThat(found(null, "ops")).as("it doesn't decide").isEqualTo("IDENTITY eu-north-1");
    assertThatThrownBy(() -> finder.find("mars", "ops")).hasMessageContaining("--region 'mars'");
  }

  @Test
  void find_whereTheUsersFileIsBroken_saysSoOnlyIfItDecides() {
    files("region = us-east-2", null);
    assertThat(found(null, "ops")).isEqualTo("IDENTITY eu-north-1");
    assertThatThrownBy(() -> finder.find(null, "dev"))
        .isInstanceOf(AtmosException.class)
        .hasMessageContaining("/home/dev/.aws/config:1: a property before the first section");
    files("[default]|region = mars", null);
    assertThatThrownBy(() -> finder.find(null, "dev"))
        .hasMessageContaining("the region of profile 'default' in /home/dev/.aws/config");
  }
}
