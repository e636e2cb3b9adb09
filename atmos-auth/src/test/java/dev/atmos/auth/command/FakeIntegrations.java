package dev.atmos.auth.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.IntegrationOutcome;
import dev.atmos.services.auth.Integrations;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.YamlConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cluster for each identity that a test names, in a kubeconfig of its own. */
final class FakeIntegrations implements Integrations {
  private final Map<String, String> kubeconfigs = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final FakeServices services;
  private String name = "eks";
  private List<String> more = List.of();
  private boolean broken;

  FakeIntegrations(FakeServices services) {
    this.services = services;
  }

  FakeIntegrations kubeconfig(String identity, String path) {
    kubeconfigs.put(identity, path);
    return this;
  }

  /** What the integrations are called, below their identities. */
  void named(String other) {
    name = other;
  }

  /** What else each plan says that it does. */
  void changesMore(String... changes) {
    more = List.of(changes);
  }

  FakeIntegrations broken() {
    broken = true;
    return this;
  }

  List<String> calls() {
    return calls;
  }

  @Override
  public ConfiguredIntegration find(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ConfiguredIntegration> of(String identity) {
    if (!kubeconfigs.containsKey(identity)) {
      return List.of();
    }
    return List.of(
        new ConfiguredIntegration(
            services.definition(identity + "/" + name, YamlConfig.root("kind: aws/eks")),
            identity,
            true));
  }

  @Override
  public Integration open(ConfiguredIntegration integration) {
    return new Integration() {
      @Override
      public IntegrationPlan setUp(IntegrationIdentity identity) {
        throw new UnsupportedOperationException();
      }

      @Override
      public IntegrationPlan undo(String identity) {
        if (broken) {
          throw new AtmosException(ExitCode.FAILED, "the kubeconfig is broken");
        }
        return new IntegrationPlan() {
          @Override
          public List<String> changes() {
            List<String> changes = new ArrayList<>(List.of("remove context " + identity));
            changes.addAll(more);
            return changes;
          }

          @Override
          public IntegrationResult apply() {
            calls.add("removed " + identity);
            return IntegrationResult.UNCHANGED;
          }
        };
      }

      @Override
      public List<IntegrationVariable> variables(String identity) {
        String path = kubeconfigs.get(identity);
        return path == null
            ? List.of()
            : List.of(
                IntegrationVariable.of(
                    "KUBECONFIG", Secret.of(path), IntegrationVariable.Use.PREPEND_PATH));
      }

      @Override
      public String command() {
        return "atmos aws eks update-kubeconfig --integration " + integration.name();
      }
    };
  }

  @Override
  public IntegrationIdentity identity(String identity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<IntegrationOutcome> setUpAll(String identity) {
    calls.add("set up " + identity);
    if (!kubeconfigs.containsKey(identity)) {
      return List.of();
    }
    return List.of(
        broken
            ? new IntegrationOutcome(
                identity + "/eks",
                null,
                new AtmosException(
                    ExitCode.UNAVAILABLE,
                    "integration '" + identity + "/eks' is not set up: no network",
                    "to try again: atmos aws eks update-kubeconfig"))
            : new IntegrationOutcome(
                identity + "/eks",
                IntegrationResult.of(
                    List.of("EKS kubeconfig: " + identity), List.of("use it: kubectl config")),
                null));
  }
}
