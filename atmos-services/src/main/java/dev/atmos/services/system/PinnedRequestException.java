package dev.atmos.services.system;

import java.io.IOException;

/** A {@link PinnedRequest} has failed; the message says why, and holds nothing of the token. */
public final class PinnedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final PinnedRequest.Step step;

  /** At that step. */
  public PinnedRequestException(PinnedRequest.Step step, String why, Throwable cause) {
    super(why, cause);
    this.step = step;
  }

  /** Where it has failed; all steps before have succeeded. */
  public PinnedRequest.Step step() {
    return step;
  }
}
