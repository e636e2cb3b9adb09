package dev.atmos.aws.ecr;

import dev.atmos.aws.ecr.command.ConfigureDockerCommand;
import dev.atmos.aws.ecr.command.CredentialHelperCommand;
import dev.atmos.aws.ecr.command.EcrLoginCommand;
import dev.atmos.aws.ecr.command.EcrLogoutCommand;
import dev.atmos.aws.ecr.docker.DockerLogins;
import dev.atmos.aws.ecr.integration.EcrIntegrationType;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.auth.RegistryLogins;
import dev.atmos.services.command.DirectCommand;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code atmos aws ecr}: passwords of registries for docker, by sign-in, by command, and by
 * the helper that docker runs.
 */
public final class EcrPlugin implements ServicePlugin {
  private static final String HELPER = "aws ecr credential-helper";

  /** For {@link java.util.ServiceLoader}. */
  public EcrPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        PluginCommand.of("aws ecr configure-docker", new Factory('c')),
        PluginCommand.of(HELPER, new Factory('h')),
        PluginCommand.of("aws ecr login", new Factory('i')),
        PluginCommand.of("aws ecr logout", new Factory('o')));
  }

  @Override
  public @Nullable DirectCommand direct(String path, Services services) {
    return path.equals(HELPER) ? new CredentialHelperCommand(services) : null;
  }

  @Override
  public List<IntegrationType> integrations() {
    return List.of(
        new EcrIntegrationType(EcrIntegrationType.PRIVATE),
        new EcrIntegrationType(EcrIntegrationType.PUBLIC));
  }

  @Override
  public List<Service<?>> services() {
    return List.of(new Service<>(RegistryLogins.class, DockerLogins::new));
  }

  /** One class for all commands, as all are listed when one of them is run. */
  private record Factory(char which) implements Function<PluginContext, Object> {
    @Override
    public Object apply(PluginContext context) {
      Services services = Services.of(context);
      return switch (which) {
        case 'c' -> ConfigureDockerCommand.spec(services);
        case 'h' -> new CredentialHelperCommand(services).spec();
        case 'i' -> EcrLoginCommand.spec(services);
        default -> EcrLogoutCommand.spec(services);
      };
    }
  }
}
