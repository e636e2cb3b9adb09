package dev.atmos.cli;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.testkit.PluginContract;

final class HostPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new HostPlugin();
  }
}
