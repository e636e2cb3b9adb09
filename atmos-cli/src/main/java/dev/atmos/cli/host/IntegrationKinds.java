package dev.atmos.cli.host;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.plugin.integration.IntegrationPlan;
import dev.atmos.plugin.integration.IntegrationResult;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.services.Services;
import dev.atmos.services.kind.IntegrationTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The integration kinds of all plugins; those of third parties are called through the gate. */
final class IntegrationKinds implements IntegrationTypes {
  private final PluginHost host;

  IntegrationKinds(PluginHost host) {
    this.host = host;
  }

  @Override
  public Optional<IntegrationType> find(String kind) {
    for (PluginMetadata plugin : host.builtIn()) {
      if (plugin.integrations().contains(kind)) {
        return Optional.of(load(plugin, kind));
      }
    }
    for (PluginMetadata plugin : host.installed()) {
      if (plugin.integrations().contains(kind)) {
        return Optional.of(new GuestType(plugin, load(plugin, kind)));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>();
    for (PluginMetadata plugin : host.builtIn()) {
      kinds.addAll(plugin.integrations());
    }
    for (PluginMetadata plugin : host.installed()) {
      kinds.addAll(plugin.integrations());
    }
    return new ArrayList<>(kinds);
  }

  private IntegrationType load(PluginMetadata plugin, String kind) {
    return host.call(
        plugin,
        () -> {
          for (IntegrationType candidate : host.load(plugin).integrations()) {
            if (candidate.kind().equals(kind)) {
              return candidate;
            }
          }
          throw new AtmosException(
              ExitCode.PLUGIN,
              plugin + " does not have the integration kind that it names: " + kind);
        });
  }

  private final class GuestType implements IntegrationType {
    private final PluginMetadata plugin;
    private final IntegrationType guest;

    GuestType(PluginMetadata plugin, IntegrationType guest) {
      this.plugin = plugin;
      this.guest = guest;
    }

    @Override
    public String kind() {
      return host.call(plugin, guest::kind);
    }

    @Override
    public Integration create(IntegrationSpec spec, Services context) {
      return new GuestIntegration(
          plugin,
          host.call(
              plugin,
              () -> PluginHost.given(plugin, guest.create(spec, context), "the integration")));
    }
  }

  private final class GuestIntegration implements Integration {
    private final PluginMetadata plugin;
    private final Integration guest;

    GuestIntegration(PluginMetadata plugin, Integration guest) {
      this.plugin = plugin;
      this.guest = guest;
    }

    @Override
    public IntegrationPlan setUp(IntegrationIdentity identity) {
      return plan(
          host.call(
              plugin, () -> PluginHost.given(plugin, guest.setUp(identity), "the plan to set up")));
    }

    @Override
    public IntegrationPlan removal(String identity) {
      return plan(
          host.call(
              plugin,
              () -> PluginHost.given(plugin, guest.removal(identity), "the plan to remove")));
    }

    @Override
    public List<IntegrationVariable> environment(String identity) {
      return host.call(
          plugin,
          () ->
              List.copyOf(
                  PluginHost.given(plugin, guest.environment(identity), "the environment")));
    }

    @Override
    public String command() {
      return host.call(plugin, () -> PluginHost.given(plugin, guest.command(), "the command"));
    }

    private IntegrationPlan plan(IntegrationPlan plan) {
      return new GuestPlan(plugin, plan);
    }
  }

  private final class GuestPlan implements IntegrationPlan {
    private final PluginMetadata plugin;
    private final IntegrationPlan guest;

    GuestPlan(PluginMetadata plugin, IntegrationPlan guest) {
      this.plugin = plugin;
      this.guest = guest;
    }

    @Override
    public List<String> changes() {
      return host.call(
          plugin,
          () -> List.copyOf(PluginHost.given(plugin, guest.changes(), "the list of changes")));
    }

    @Override
    public IntegrationResult carryOut() {
      return host.call(plugin, () -> PluginHost.given(plugin, guest.apply(), "the result"));
    }
  }
}
