package dev.atmos.kubeconfig;

import dev.atmos.plugin.Plugin;
import dev.atmos.services.Service;
import dev.atmos.services.kube.KubeconfigEditor;
import java.util.List;

/** Supplies {@link KubeconfigEditor}, by which features add clusters to kubeconfigs. */
public final class KubeconfigPlugin implements Plugin {

  @Override
  public List<Service<?>> services() {
    return List.of(new Service<>(KubeconfigEditor.class, FileKubeconfigs::new));
  }
}
