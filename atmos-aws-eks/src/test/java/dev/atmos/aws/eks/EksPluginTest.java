package dev.atmos.aws.eks;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.testkit.PluginContract;

final class EksPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new EksPlugin();
  }
}
