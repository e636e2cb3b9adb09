package dev.atmos.services.kube;

import java.nio.file.Path;
import java.util.List;

/**
 * Host service: adds clusters to kubeconfigs and takes them out again. What isn't ours stays byte
 * for byte. A file is replaced whole and at once, under the lock that kubectl takes; where nothing
 * would change, nothing is written.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">
 *     Organizing cluster access using kubeconfig files</a>
 */
public interface KubeconfigEditor {

  /**
   * The files that a target stands for, in kubectl's order of precedence, whether they are there or
   * not; absolute. Never empty.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if a path isn't one, or if there is neither a file that was named nor a home directory
   */
  List<Path> files(KubeconfigTarget target);

  /**
   * Checks, before anything is asked of others for it, that a target can be changed: its files are
   * kubeconfigs or missing, and one of them can be written. Another program may change that later.
   *
   * @throws dev.atmos.plugin.base.AtmosException as {@link #plan} and {@link #apply} do
   */
  void requireWritable(KubeconfigTarget target);

  /**
   * What {@link #apply} would do now. Reads; takes no lock and writes nothing.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#FAILED}
   *     if a file can't be read or isn't a kubeconfig, which the message says with line and column,
   *     or if {@link UpdateMode#ERROR} forbids it; with {@link
   *     dev.atmos.plugin.base.ExitCode#USAGE} as {@link #files} does
   */
  KubeconfigPlan plan(KubeconfigChange change);

  /**
   * A kubeconfig of the added clusters and of nothing else: what {@link #apply} would make of a
   * file that isn't there. Reads nothing, and has one file.
   */
  KubeconfigPlan standalone(KubeconfigChange change);

  /**
   * Plans on what the files hold under the lock, and carries that plan out. An empty plan takes no
   * lock.
   *
   * @return the plan that was carried out
   * @throws dev.atmos.plugin.base.AtmosException as {@link #plan} does; with {@link
   *     dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if another process keeps the lock; with {@link
   *     dev.atmos.plugin.base.ExitCode#FAILED} if a file can't be written, which is then as it was
   */
  KubeconfigPlan apply(KubeconfigChange change);
}
