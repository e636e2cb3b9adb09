package dev.atmos.aws.ecr.command;

import dev.atmos.aws.ecr.docker.DockerLogins;
import dev.atmos.aws.ecr.registry.RegistryPassword;
import dev.atmos.aws.ecr.registry.RegistryPasswords;
import dev.atmos.services.Services;
import dev.atmos.text.TimeSpans;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code atmos aws ecr login}: gives docker passwords of registries to keep. */
@Command(
    name = "login",
    customSynopsis = {
      "atmos aws ecr login [<integration>] [options]",
    },
    description = {
      "",
      "Sign docker in to ECR registries: writes a password to docker's configuration, and to"
          + " podman's if there is one. The registry accepts it for up to 12 hours. atmos auth"
          + " logout removes it.",
      "",
      "Without a registry, those of the identity's integrations are used. To have docker ask for a"
          + " new password whenever it needs one, use: atmos aws ecr configure-docker",
      ""
    },
    footer = {
      "",
      "Examples:",
      "",
      "  atmos aws ecr login",
      "  atmos aws ecr login dev/images",
      "  atmos aws ecr login --registry 111122223333.dkr.ecr.us-east-2.amazonaws.com -i dev",
      "  atmos aws ecr login --public"
    })
public final class EcrLoginCommand implements Callable<Integer> {
  private final Services services;
  @Mixin private final RegistryOptions options = new RegistryOptions();

  private EcrLoginCommand(Services services) {
    this.services = services;
  }

  /** Describes the command to picocli. */
  public static CommandSpec spec(Services services) {
    EcrLoginCommand command = new EcrLoginCommand(services);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    command.options.complete(spec, services);
    return spec;
  }

  @Override
  public Integer call() {
    DockerLogins logins = new DockerLogins(services);
    RegistryPasswords passwords = new RegistryPasswords(services);
    for (RegistryOptions.Target target : options.targets(services)) {
      boolean asks = logins.asksAtmos(target.registry().host());
      RegistryPassword password = passwords.get(target.registry(), target.identity());
      if (asks) {
        services.console().say("docker asks atmos for passwords of " + target.registry());
        continue;
      }
      var _ = logins.addition(target.registry(), target.identity(), password).apply();
      Duration left = Duration.between(services.clock().instant(), password.until());
      services
          .console()
          .say("docker can use " + target.registry() + " for " + TimeSpans.words(left));
    }
    return 0;
  }
}
