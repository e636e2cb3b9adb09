package dev.atmos.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.testing.BuiltInPluginContract;
import dev.atmos.services.testing.PackageCycles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class EcrPluginTest extends BuiltInPluginContract {
  @Override
  protected Plugin plugin() {
    return new EcrPlugin();
  }

  @Test
  void packages_dependOnEachOtherInOneDirection() throws IOException {
    assertThat(PackageCycles.of(EcrPlugin.class)).isEmpty();
  }
}
