package dev.atmos.services.kube;

import java.util.List;

/** Host service: reads kubeconfigs. Takes no lock and writes nothing. */
public interface KubeconfigReader {

  /**
   * The contexts of the files that a target stands for, in the order of precedence. Files that
   * don't exist have none.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if a file can't be read or isn't a kubeconfig, which the message says with line and column;
   *     with {@link dev.atmos.plugin.base.ExitCode#USAGE} as {@link KubeconfigEditor#files} does
   */
  List<KubeContext> contexts(KubeconfigTarget target);
}
