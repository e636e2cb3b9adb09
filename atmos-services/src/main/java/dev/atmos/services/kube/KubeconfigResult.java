package dev.atmos.services.kube;

/**
 * What was done.
 *
 * @param plan the plan that was carried out, which is one of what the files held under the lock;
 *     its files are those that were written
 */
public record KubeconfigResult(KubeconfigPlan plan) {

  /** Whether a file was written. */
  public boolean changed() {
    return !plan.isEmpty();
  }
}
