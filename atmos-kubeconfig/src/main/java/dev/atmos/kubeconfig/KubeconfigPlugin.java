package dev.atmos.kubeconfig;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.Service;
import dev.atmos.plugin.kube.Kubeconfigs;
import java.util.List;

/** Supplies {@link Kubeconfigs}, by which features add clusters to kubeconfigs. */
public final class KubeconfigPlugin implements Plugin {

  @Override
  public List<Service<?>> services() {
    return List.of(new Service<>(Kubeconfigs.class, FileKubeconfigs::new));
  }
}
