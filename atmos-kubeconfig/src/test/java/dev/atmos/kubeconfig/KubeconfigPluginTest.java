package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.testing.FakeServices;
import dev.atmos.services.testing.BuiltInPluginContract;
import org.junit.jupiter.api.Test;

class KubeconfigPluginTest extends BuiltInPluginContract {

  @Override
  protected Plugin plugin() {
    return new KubeconfigPlugin();
  }

  @Test
  void kubeconfigsService_madeByItsFactory_usesTheGivenContext() {
    Object service = plugin().services().getFirst().factory().apply(new FakeServices());

    assertThat(((KubeconfigEditor) service).files(KubeconfigTarget.standard()))
        .extracting(Object::toString)
        .containsExactly("/home/dev/.kube/config");
  }
}
