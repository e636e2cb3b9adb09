package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.services.ServicePlugin;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.testing.BuiltInPluginContract;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.PackageCycles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class KubeconfigPluginTest extends BuiltInPluginContract {

  @Override
  protected ServicePlugin plugin() {
    return new KubeconfigPlugin();
  }

  @Test
  void packages_dependOnEachOtherInOneDirection() throws IOException {
    assertThat(PackageCycles.of(KubeconfigPlugin.class)).isEmpty();
  }

  @Test
  void kubeconfigsService_madeByItsFactory_usesTheGivenContext() {
    Object service = plugin().services().getFirst().factory().apply(new FakeServices());

    assertThat(((KubeconfigEditor) service).files(KubeconfigTarget.standard()))
        .extracting(Object::toString)
        .containsExactly("/home/dev/.kube/config");
  }
}
