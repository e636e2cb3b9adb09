package dev.atmos.cli.host;

import dev.atmos.plugin.config.ConfigSection;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.Services;
import java.util.List;

/** A built-in plugin whose section depends on the kinds that there are. */
public final class SectionsPlugin implements ServicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public SectionsPlugin() {}

  @Override
  public List<Service<?>> services() {
    return List.of();
  }

  @Override
  public List<ConfigSection> sections(Services services) {
    return List.of(
        ConfigSection.of(
            "own", () -> Schema.text(String.join(",", services.kinds().identities().names()))));
  }
}
