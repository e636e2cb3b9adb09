package dev.atmos.kubeconfig;

import dev.atmos.plugin.kube.Kubeconfigs;
import dev.atmos.services.Service;
import dev.atmos.services.ServicePlugin;
import dev.atmos.services.kube.KubeconfigEditor;
import dev.atmos.services.kube.KubeconfigReader;
import java.util.List;

/**
 * Supplies {@link KubeconfigEditor}, with which built-in features add EKS clusters to kubeconfigs,
 * {@link KubeconfigReader}, which reads what is there, and {@link Kubeconfigs}, with which plugins
 * add clusters of any kind.
 */
public final class KubeconfigPlugin implements ServicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public KubeconfigPlugin() {}

  @Override
  public List<Service<?>> services() {
    return List.of(
        new Service<>(KubeconfigEditor.class, FileKubeconfigEditor::new),
        new Service<>(KubeconfigReader.class, FileKubeconfigEditor::new),
        new Service<>(Kubeconfigs.class, FileKubeconfigEditor::new));
  }
}
