package dev.atmos.cli;

import dev.atmos.cli.port.Installation;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.config.ConfigMap;
import java.util.List;
import java.util.Map;

/**
 * A built-in plugin that supplies the names of the configuration: identities as they are. The
 * variable {@code NAMES} has it misbehave.
 */
public final class NamesPlugin implements ServicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public NamesPlugin() {}

  @Override
  public List<Service<?>> services() {
    return List.of(new Service<>(ConfiguredNames.class, Names::new));
  }

  private record Names(Services context) implements ConfiguredNames {
    @Override
    public List<String> identities() {
      switch (context.environment().get("NAMES").orElse("")) {
        case "throw" -> throw new IllegalStateException("boom");
        case "overflow" -> throw new StackOverflowError("boom");
        case "loud" -> loud();
        default -> {}
      }
      return List.copyOf(auth("identities").keys());
    }

    private void loud() {
      context.console().answer("noise\n");
      context.console().say("noise");
      if (context.terminal().isInteractive() || context.terminal().readLine().isPresent()) {
        throw new IllegalStateException("the user was asked");
      }
      try {
        context.configMap("noise").orElseThrow().text("mark");
        throw new IllegalStateException("a command was run");
      } catch (AtmosException e) {
        // As it should be.
      }
    }

    @Override
    public List<String> providers() {
      return List.of();
    }

    @Override
    public List<String> integrations() {
      return List.of();
    }

    private ConfigMap auth(String key) {
      return context.configMap("auth").orElseThrow().map(key).orElseThrow();
    }
  }

  /** The program with this plugin before its own ones. */
  static Installation installation() {
    return new ExtendedInstallation(
        NamesPlugin.class, Map.of("services", ConfiguredNames.class.getName()));
  }
}
