package dev.atmos.aws.eks;

import dev.atmos.aws.eks.command.ConvertKubeconfigCommand;
import dev.atmos.aws.eks.command.TokenCommand;
import dev.atmos.aws.eks.command.UpdateKubeconfigCommand;
import dev.atmos.aws.eks.integration.EksIntegrationType;
import dev.atmos.plugin.PluginCommand;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.command.DirectCommand;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code atmos aws eks token}, which kubectl runs, {@code atmos aws eks update-kubeconfig},
 * which makes kubectl run it, {@code convert-kubeconfig}, which does so with entries of other
 * programs, and the integration kind {@code aws/eks}, by which a sign-in does the same.
 */
public final class EksPlugin implements ServicePlugin {

  private static final String CONVERT = "aws eks convert-kubeconfig";
  private static final String TOKEN = "aws eks token";
  private static final String UPDATE = "aws eks update-kubeconfig";

  /** For {@link java.util.ServiceLoader}. */
  public EksPlugin() {}

  @Override
  public List<PluginCommand> commands() {
    return List.of(
        PluginCommand.of(CONVERT, new Factory(CONVERT)),
        PluginCommand.of(TOKEN, new Factory(TOKEN)),
        PluginCommand.of(UPDATE, new Factory(UPDATE)));
  }

  @Override
  public @Nullable DirectCommand direct(String path, Services services) {
    return path.equals(TOKEN) ? new TokenCommand(services) : null;
  }

  @Override
  public List<IntegrationType> integrations() {
    return List.of(new EksIntegrationType());
  }

  /**
   * A class, as method references would be linked at run time, and one for all commands, as all are
   * listed on the token path.
   */
  private static final class Factory implements Function<PluginContext, Object> {
    private final String path;

    Factory(String path) {
      this.path = path;
    }

    @Override
    public Object apply(PluginContext context) {
      Services services = Services.of(context);
      return switch (path) {
        case CONVERT -> ConvertKubeconfigCommand.spec(services);
        case TOKEN -> new TokenCommand(services).spec();
        default -> UpdateKubeconfigCommand.spec(services);
      };
    }
  }
}
