package dev.atmos.aws.eks.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.kube.KubeContext;
import dev.atmos.services.kube.KubeconfigReader;
import dev.atmos.services.kube.KubeconfigTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The contexts of EKS clusters that the kubeconfigs in force have, for completion. */
record ContextNames(Services services) implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    List<String> names = new ArrayList<>();
    try {
      for (KubeContext context :
          services.service(KubeconfigReader.class).contexts(KubeconfigTarget.standard())) {
        if (ListedCluster.isOfEks(context)) {
          names.add(context.name());
        }
      }
    } catch (AtmosException e) {
      // Completion has no way to report it.
    }
    return names.iterator();
  }
}
