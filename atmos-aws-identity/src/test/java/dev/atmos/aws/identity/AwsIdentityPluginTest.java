package dev.atmos.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AwsIdentityPluginTest extends BuiltInPluginContract {
  @Override
  protected Plugin plugin() {
    return new AwsIdentityPlugin();
  }

  @Test
  void fallbackIdentity_ofTheMetadata_isOneOfItsKinds() throws IOException {
    String kind = metadata(plugin()).getProperty("fallback-identity");

    assertThat(KindScenario.identityType(kind).kind()).isEqualTo(kind);
  }
}
