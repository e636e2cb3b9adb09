package dev.atmos.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.kube.KubeconfigTarget;
import dev.atmos.plugin.kube.Kubeconfigs;
import dev.atmos.plugin.testkit.FakeContext;
import dev.atmos.plugin.testkit.PluginContract;
import org.junit.jupiter.api.Test;

class KubeconfigPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new KubeconfigPlugin();
  }

  @Test
  void kubeconfigsService_madeByItsFactory_usesTheGivenContext() {
    Object service = plugin().services().getFirst().factory().apply(new FakeContext());

    assertThat(((Kubeconfigs) service).files(KubeconfigTarget.standard()))
        .extracting(Object::toString)
        .containsExactly("/home/dev/.kube/config");
  }
}
