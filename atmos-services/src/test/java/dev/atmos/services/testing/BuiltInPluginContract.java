package dev.atmos.services.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.testkit.PluginContract;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every built-in plugin must do: the contract of plugins, and that of the services. */
public abstract class BuiltInPluginContract extends PluginContract {

  @Override
  protected FakeServices context() {
    return new FakeServices();
  }

  @Override
  protected List<ConfigSection> sections(Plugin plugin) {
    return plugin instanceof ServicePlugin supplier
        ? supplier.sections(Services.of(context()))
        : plugin.sections();
  }

  @Override
  protected boolean isBuiltIn() {
    return true;
  }

  @Test
  final void metadata_versusServices_isEqual() throws IOException {
    Plugin plugin = plugin();
    TreeSet<String> services = new TreeSet<>();
    if (plugin instanceof ServicePlugin supplier) {
      for (Service<?> service : supplier.services()) {
        services.add(service.type().getName());
      }
    }
    assertEquals(words(metadata(plugin), "services"), services);
  }
}
