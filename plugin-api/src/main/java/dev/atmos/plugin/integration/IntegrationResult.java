package dev.atmos.plugin.integration;

import java.util.List;

/**
 * What was done.
 *
 * @param done a line for each thing that was changed, such as {@code EKS kubeconfig: dev →
 *     /home/dev/.kube/config}; empty where everything was as it should be
 * @param hints what else the user should know, a sentence each
 */
public record IntegrationResult(List<String> done, List<String> hints) {

  /** Nothing had to be done. */
  public static final IntegrationResult UNCHANGED = new IntegrationResult(List.of(), List.of());

  /** Copies the lists. */
  public IntegrationResult {
    done = List.copyOf(done);
    hints = List.copyOf(hints);
  }

  /** Whether anything was changed. */
  public boolean changed() {
    return !done.isEmpty();
  }
}
