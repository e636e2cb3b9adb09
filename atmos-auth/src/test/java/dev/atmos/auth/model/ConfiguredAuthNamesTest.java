package dev.atmos.auth.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.testing.YamlConfig;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.CommandConsole;
import dev.atmos.plugin.io.Directories;
import dev.atmos.plugin.io.Environment;
import dev.atmos.plugin.io.Network;
import dev.atmos.plugin.io.PrivateFiles;
import dev.atmos.plugin.io.Processes;
import dev.atmos.plugin.io.ReadOnlyFiles;
import dev.atmos.plugin.io.Terminal;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.system.Locks;
import dev.atmos.services.system.ParallelTasks;
import dev.atmos.services.system.Sleeper;
import dev.atmos.services.testing.FakeServices;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredAuthNamesTest {

  private static ConfiguredNames names(String yaml) {
    return new ConfiguredAuthNames.Factory()
        .apply(new FakeServices().withConfig(YamlConfig.root(yaml)));
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
                m: {kind: aws/eks, spec: {cluster: {name: dev}}}
                l: {kind: aws/eks, spec: {cluster: {name: prod}}}
                k: {kind: aws/eks, spec: {cluster: {name: !exec x}}}
                j: {kind: aws/ecr}
                i: !include "spec: {cluster: {name: included}}"
            """);

    assertThat(names.providers()).containsExactly("z", "a");
    assertThat(names.identities()).containsExactly("Team/dev.x", "b", "a");
    assertThat(names.integrations()).containsExactly("n", "m", "l", "k", "j", "i");
    assertThat(names.clusters()).containsExactly("prod", "dev", "included");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: x",
        "auth: ~",
        "auth: {}",
        "auth: {providers: x, identities: [x], integrations: !exec x}",
        "auth: {providers: !what x, identities: !what x, integrations: !what x}",
        "auth: {integrations: {a: x, b: {spec: []}, c: {spec: {cluster: x}}}}",
        "auth: {integrations: {a: {spec: {cluster: {name: []}}}, b: !what x, c: {spec: !what x}}}",
        "other: {}",
      })
  void brokenConfiguration_hasFewerNames_andNoFailure(String yaml) {
    ConfiguredNames names = names(yaml);

    assertThat(names.providers()).isEmpty();
    assertThat(names.identities()).isEmpty();
    assertThat(names.clusters()).isEmpty();
    assertThat(names.integrations()).isSubsetOf("a", "b", "c");
  }

  @Test
  void configurationThatCantBeRead_hasNoNames() {
    ConfiguredNames names = new ConfiguredAuthNames(new Unreadable());

    assertThat(names.providers()).isEmpty();
    assertThat(names.identities()).isEmpty();
    assertThat(names.integrations()).isEmpty();
    assertThat(names.clusters()).isEmpty();
  }

  private static final class Unreadable implements Services {
    private final FakeServices context = new FakeServices();

    @Override
    public Environment environment() {
      return context.environment();
    }

    @Override
    public Directories directories() {
      return context.directories();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public CommandConsole console() {
      return context.console();
    }

    @Override
    public ReadOnlyFiles files() {
      return context.files();
    }

    @Override
    public PrivateFiles privateFiles() {
      return context.privateFiles();
    }

    @Override
    public Locks locks() {
      return context.locks();
    }

    @Override
    public Processes processes() {
      return context.processes();
    }

    @Override
    public Terminal terminal() {
      return context.terminal();
    }

    @Override
    public Sleeper pauses() {
      return context.sleeper();
    }

    @Override
    public ParallelTasks tasks() {
      return context.tasks();
    }

    @Override
    public Network network() {
      return context.network();
    }

    @Override
    public Optional<ConfigMap> config(String section) {
      throw new AtmosException(ExitCode.USAGE, "the file is not YAML");
    }

    @Override
    public <T> T service(Class<T> type) {
      return context.service(type);
    }
  }
}
