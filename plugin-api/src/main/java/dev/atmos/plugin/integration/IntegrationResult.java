package dev.atmos.plugin.integration;

import java.util.List;

/** What was done. */
public final class IntegrationResult {
  private final List<String> done;
  private final List<String> hints;

  private IntegrationResult(List<String> done, List<String> hints) {
    done = List.copyOf(done);
    hints = List.copyOf(hints);
    this.done = done;
    this.hints = hints;
  }

  /**
   * With these parts.
   *
   * @param done a line for each thing that was changed, such as {@code EKS kubeconfig: dev →
   *     /home/dev/.kube/config}; empty where everything was as it should be
   * @param hints what else the user should know, a sentence each
   */
  public static IntegrationResult of(List<String> done, List<String> hints) {
    return new IntegrationResult(done, hints);
  }

  /**
   * A line for each thing that was changed, such as {@code EKS kubeconfig: dev →
   * /home/dev/.kube/config}; empty where everything was as it should be.
   */
  public List<String> done() {
    return done;
  }

  /** What else the user should know, a sentence each. */
  public List<String> hints() {
    return hints;
  }

  /** Nothing had to be done. */
  public static final IntegrationResult UNCHANGED = new IntegrationResult(List.of(), List.of());

  /** Whether anything was changed. */
  public boolean changed() {
    return !done.isEmpty();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof IntegrationResult that
        && java.util.Objects.equals(done, that.done)
        && java.util.Objects.equals(hints, that.hints);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(done, hints);
  }

  @Override
  public String toString() {
    return "IntegrationResult[" + done + ", " + hints + "]";
  }
}
