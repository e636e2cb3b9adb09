package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredAuthNamesTest {

  private static ConfiguredNames names(String yaml) {
    return new ConfiguredAuthNames(new FakeServices().withConfig(YamlConfig.root(yaml)));
  }

  @Test
  void names_areInTheConfigurationsOrder() {
    ConfiguredNames names =
        names(
            """
            auth:
              providers: {z: {kind: mock}, a: {}}
              identities: {Team/dev.x: ~, b: {kind: x}, a: !exec x}
              integrations:
                n: {kind: aws/eks, spec: {cluster: {name: prod}}}
                m: {kind: acme/registry}
                l: !include "spec: {cluster: {name: included}}"
            """);

    assertThat(names.providers()).containsExactly("z", "a");
    assertThat(names.identities()).containsExactly("Team/dev.x", "b", "a");
    assertThat(names.integrations()).containsExactly("n", "m", "l");
  }

  @Test
  void names_loadNoPlugin() {
    FakeServices services =
        new FakeServices()
            .withConfig(YamlConfig.root("auth: {identities: {a: {kind: acme/vault}}}"));

    assertThat(new ConfiguredAuthNames(services).identities()).containsExactly("a");
    assertThat(services.kinds().identities().found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: x",
        "auth: ~",
        "auth: {}",
        "auth: {providers: x, identities: [x], integrations: !exec x}",
        "auth: {providers: !what x, identities: !what x, integrations: !what x}",
        "auth: !what x",
        "auth: {integrations: {a: x, b: {spec: []}, c: !what x}}",
        "other: {}",
      })
  void brokenConfiguration_hasFewerNames_andNoFailure(String yaml) {
    ConfiguredNames names = names(yaml);

    assertThat(names.providers()).isEmpty();
    assertThat(names.identities()).isEmpty();
    assertThat(names.integrations()).isSubsetOf("a", "b", "c");
  }
}
