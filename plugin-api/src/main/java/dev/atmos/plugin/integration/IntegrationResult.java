package dev.atmos.plugin.integration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an integration did. Immutable. */
public final class IntegrationResult {

  /** Nothing had to be done. */
  public static final IntegrationResult UNCHANGED = new IntegrationResult(List.of(), List.of());

  private final List<String> done;
  private final List<String> hints;

  private IntegrationResult(List<String> done, List<String> hints) {
    this.done = List.copyOf(done);
    this.hints = List.copyOf(hints);
  }

  /**
   * A result.
   *
   * @param done a line for each change, such as {@code EKS kubeconfig: dev →
   *     /home/dev/.kube/config}; empty if everything was as it should be
   * @param hints what else the user should know, one sentence each
   */
  public static IntegrationResult of(List<String> done, List<String> hints) {
    return new IntegrationResult(done, hints);
  }

  /** A line for each change; empty if everything was as it should be. */
  public List<String> done() {
    return done;
  }

  /** What else the user should know, one sentence each. */
  public List<String> hints() {
    return hints;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IntegrationResult that
        && done.equals(that.done)
        && hints.equals(that.hints);
  }

  @Override
  public int hashCode() {
    return 31 * done.hashCode() + hints.hashCode();
  }

  @Override
  public String toString() {
    return "IntegrationResult[" + done + ", " + hints + "]";
  }
}
