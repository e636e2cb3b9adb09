package dev.atmos.plugin.kube;

import dev.atmos.plugin.base.ImplementedByHost;

/**
 * Service of the host: changes the kubeconfig files that kubectl reads, and leaves every byte that
 * doesn't belong to the entry as it is. Safe for use by several threads.
 */
@ImplementedByHost
public interface Kubeconfigs {

  /**
   * Adds a cluster, its user and their context, or updates those that an earlier call added.
   * Entries of other tools are never changed.
   *
   * @return whether a file was changed
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if another program holds the lock of the file;
   *     with {@link dev.atmos.plugin.base.ExitCode#FAILED} if the file can't be read or written, or
   *     if an entry of another tool has one of these names
   */
  boolean merge(KubeconfigEntry entry);
}
