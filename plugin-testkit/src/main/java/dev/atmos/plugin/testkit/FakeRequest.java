package dev.atmos.plugin.testkit;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StepRequest} of the first step, with nothing kept and nobody to ask, unless a test says
 * so.
 */
public final class FakeRequest implements StepRequest {
  private @Nullable Grant input;
  private @Nullable String region;
  private @Nullable Secret state;
  private @Nullable SignInDialog dialog;
  private final List<Optional<Secret>> kept = new ArrayList<>();

  /** Of the first step. */
  public FakeRequest() {}

  /** The step before has made this. */
  public FakeRequest input(Grant made) {
    input = made;
    return this;
  }

  /** The steps before name this region. */
  public FakeRequest region(String name) {
    region = name;
    return this;
  }

  /** This was kept before. */
  public FakeRequest state(Secret before) {
    state = before;
    return this;
  }

  /** This one can be asked. */
  public FakeRequest dialog(SignInDialog person) {
    dialog = person;
    return this;
  }

  /** What the step has asked to be kept, in order. */
  public List<Optional<Secret>> kept() {
    return List.copyOf(kept);
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
  public Optional<Secret> state() {
    return Optional.ofNullable(state);
  }

  @Override
  public void keep(@Nullable Secret after) {
    state = after;
    kept.add(Optional.ofNullable(after));
  }

  @Override
  public Optional<SignInDialog> dialog() {
    return Optional.ofNullable(dialog);
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(15);
  }
}
