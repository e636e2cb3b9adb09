package dev.atmos.aws.eks;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;

final class EksPluginTest extends BuiltInPluginContract {
  @Override
  protected Plugin plugin() {
    return new EksPlugin();
  }
}
