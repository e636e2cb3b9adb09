package dev.atmos.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;
import dev.atmos.services.testing.PackageCycles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class EksPluginTest extends BuiltInPluginContract {
  @Override
  protected Plugin plugin() {
    return new EksPlugin();
  }

  @Test
  void packages_dependOnEachOtherInOneDirection() throws IOException {
    assertThat(PackageCycles.of(EksPlugin.class)).isEmpty();
  }
}
