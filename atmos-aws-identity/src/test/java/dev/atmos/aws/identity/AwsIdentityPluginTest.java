package dev.atmos.aws.identity;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;

class AwsIdentityPluginTest extends BuiltInPluginContract {

  @Override
  protected Plugin plugin() {
    return new AwsIdentityPlugin();
  }
}
