package dev.atmos.plugin.testkit;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StepRequest} of the first step of a chain, without saved state and without a user who
 * could be asked, unless a test adds them.
 */
public final class FakeRequest implements StepRequest {
  private static final Duration TIME_LEFT = Duration.ofSeconds(15);

  private final List<Optional<Secret>> saved = new ArrayList<>();
  private @Nullable Grant input;
  private @Nullable String region;
  private @Nullable Secret state;
  private @Nullable SignInDialog dialog;
  private boolean full;

  /** A request of the first step. */
  public FakeRequest() {}

  /** Adds what the step before gave. */
  public FakeRequest withInput(Grant grant) {
    input = grant;
    return this;
  }

  /** Adds the region that a step before names. */
  public FakeRequest withRegion(String name) {
    region = name;
    return this;
  }

  /** Adds the state that the step saved in an earlier run. */
  public FakeRequest withSavedState(Secret before) {
    state = before;
    return this;
  }

  /** Adds a user who can be asked. */
  public FakeRequest withDialog(SignInDialog user) {
    dialog = user;
    return this;
  }

  /** Takes away the space on the disk that {@link #reserveState} asks for. */
  public FakeRequest withoutSpace() {
    full = true;
    return this;
  }

  /** What the step saved, in order; empty where it removed its state. */
  public List<Optional<Secret>> saved() {
    return List.copyOf(saved);
  }

  @Override
  public Optional<Grant> input() {
    return Optional.ofNullable(input);
  }

  @Override
  public Optional<String> region() {
    return Optional.ofNullable(region);
  }

  @Override
  public Optional<Secret> savedState() {
    return Optional.ofNullable(state);
  }

  @Override
  public void saveState(@Nullable Secret after) {
    state = after;
    saved.add(Optional.ofNullable(after));
  }

  @Override
  public void reserveState(int bytes) {
    if (full) {
      throw new AtmosException(ExitCode.FAILED, "no space is left");
    }
  }

  @Override
  public Optional<SignInDialog> dialog() {
    return Optional.ofNullable(dialog);
  }

  @Override
  public Duration timeLeft() {
    return TIME_LEFT;
  }
}
