package dev.atmos.aws.ecr.integration;

import dev.atmos.aws.ecr.docker.DockerLogins;
import dev.atmos.aws.ecr.registry.Registry;
import dev.atmos.aws.ecr.registry.RegistryPassword;
import dev.atmos.aws.ecr.registry.RegistryPasswords;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.Services;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.TimeSpans;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs docker in to a registry whenever its identity signs in. */
final class EcrIntegration implements Integration {
  private final String name;
  private final Registry registry;
  private final Services services;

  EcrIntegration(String name, Registry registry, Services services) {
    this.name = name;
    this.registry = registry;
    this.services = services;
  }

  @Override
  public IntegrationPlan setUp(IntegrationIdentity identity) {
    DockerLogins logins = new DockerLogins(services);
    if (logins.asksAtmos(registry.host())) {
      return new Plan(List.of(), IntegrationResult.UNCHANGED, null);
    }
    RegistryPassword password = new RegistryPasswords(services).get(registry, identity);
    IntegrationPlan plan = logins.addition(registry, identity.name(), password);
    if (plan.changes().isEmpty()) {
      return plan;
    }
    Duration left = Duration.between(services.clock().instant(), password.until());
    String line = "ECR login: " + registry + " (expires in " + TimeSpans.words(left) + ")";
    return new Plan(plan.changes(), IntegrationResult.of(List.of(line), List.of()), plan);
  }

  /** A logout takes away all that docker keeps of an identity, whatever has put it there. */
  @Override
  public IntegrationPlan undo(String identity) {
    return new Plan(List.of(), IntegrationResult.UNCHANGED, null);
  }

  /** Docker finds its own file. */
  @Override
  public List<IntegrationVariable> variables(String identity) {
    return List.of();
  }

  @Override
  public String command() {
    return "atmos aws ecr login " + ShellQuoting.word(name);
  }

  private record Plan(
      List<String> changes, IntegrationResult result, @Nullable IntegrationPlan plan)
      implements IntegrationPlan {
    @Override
    public IntegrationResult apply() {
      if (plan != null) {
        var _ = plan.apply();
      }
      return result;
    }
  }
}
