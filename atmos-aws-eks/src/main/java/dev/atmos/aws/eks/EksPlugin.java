package dev.atmos.aws.eks;

import dev.atmos.plugin.Command;
import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.PluginContext;
import java.util.List;
import java.util.function.Function;

/** Adds {@code atmos aws eks token}. */
public final class EksPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public EksPlugin() {}

  @Override
  public List<Command> commands() {
    return List.of(new Command("aws eks token", new TokenFactory()));
  }

  /** A class rather than a method reference, which would be linked at run time. */
  private static final class TokenFactory implements Function<PluginContext, Object> {
    @Override
    public Object apply(PluginContext context) {
      return TokenCommand.spec(context);
    }
  }
}
