package dev.atmos.cli;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;

final class HostPluginTest extends BuiltInPluginContract {
  @Override
  protected Plugin plugin() {
    return new HostPlugin();
  }
}
