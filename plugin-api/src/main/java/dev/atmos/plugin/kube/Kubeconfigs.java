package dev.atmos.plugin.kube;

import dev.atmos.plugin.base.ImplementedByHost;

/**
 * Service of the host: changes the kubeconfig files that kubectl reads. Every byte that isn't the
 * entry's stays as it is.
 */
@ImplementedByHost
public interface Kubeconfigs {

  /**
   * Adds a cluster, a user that runs a program for its credentials, and a context of both, or
   * brings those that an earlier call added up to date. Entries of other tools are never changed.
   *
   * @return whether a file was changed
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if another program holds the lock of the file;
   *     with {@link dev.atmos.plugin.base.ExitCode#FAILED} if it can't be read or written, or if
   *     another tool's entry has a name of these
   */
  boolean merge(KubeconfigEntry entry);
}
