package dev.atmos.aws.ecr.command;

import dev.atmos.aws.ecr.docker.DockerLogins;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.services.Services;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos aws ecr logout}: takes passwords away from docker. */
@Command(
    name = "logout",
    customSynopsis = {
      "atmos aws ecr logout [<integration>] [options]",
    },
    description = {
      "",
      "Sign docker out of ECR registries: removes the passwords that atmos has given to docker; of"
          + " all registries, if none is named. Passwords that others have put there stay.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "",
      "  atmos aws ecr logout",
      "  atmos aws ecr logout --registry 111122223333.dkr.ecr.us-east-2.amazonaws.com"
    })
public final class EcrLogoutCommand implements Callable<Integer> {
  private final Services services;
  @Mixin private final RegistryOptions options = new RegistryOptions();

  private EcrLogoutCommand(Services services) {
    this.services = services;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    EcrLogoutCommand command = new EcrLogoutCommand(services);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    command.options.complete(spec, services);
    return spec;
  }

  @Override
  public Integer call() {
    DockerLogins logins = new DockerLogins(services);
    List<String> hosts = options.hosts(services);
    IntegrationPlan plan =
        options.named() ? logins.removalOf(hosts::contains) : logins.removal(options.identity);
    List<String> done = plan.apply().done();
    done.forEach(services.console()::say);
    if (done.isEmpty()) {
      services.console().say("nothing to remove");
    }
    return 0;
  }
}
