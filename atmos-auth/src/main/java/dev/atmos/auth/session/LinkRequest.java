package dev.atmos.auth.session;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.ProcessControl.Registration;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a link of a chain. Closing it gives back what was reserved for a state. */
final class LinkRequest implements StepRequest, AutoCloseable {
  private final ChainRefresher refresher;
  private final Services context;
  private final GrantCache cache;
  private final Chain chain;
  private final int index;
  private final @Nullable Grant input;
  private final @Nullable SignInDialog person;
  private @Nullable Registration deferral;
  private boolean wantsUser;

  /**
   * @param refresher renews the chain
   * @param index which link it goes to
   */
  LinkRequest(
      ChainRefresher refresher, int index, @Nullable Grant input, @Nullable SignInDialog person) {
    this.refresher = refresher;
    this.context = refresher.context;
    this.cache = refresher.cache;
    this.chain = refresher.chain;
    this.index = index;
    this.input = input;
    this.person = person;
    if (person != null) {
      cache.signsIn(index);
    }
  }

  @Override
  public Optional<Grant> input() {
    return Optional.ofNullable(input);
  }

  @Override
  public Optional<String> region() {
    return chain.region(index - 1);
  }

  @Override
  public Optional<Secret> savedState() {
    return Optional.ofNullable(cache.state(chain, index));
  }

  @Override
  public void saveState(@Nullable Secret state) {
    refresher.exclusively(index, () -> cache.putState(chain, index, state));
    endDeferral();
  }

  @Override
  public void reserveState(int bytes) {
    endDeferral();
    String name = chain.link(index).shown();
    deferral =
        context
            .processes()
            .deferInterrupts(
                () ->
                    context
                        .console()
                        .say(
                            "Waiting for AWS to renew the sign-in of "
                                + name
                                + "; a second interrupt may lose it"),
                () ->
                    context
                        .console()
                        .say(
                            "Interrupted: the sign-in of "
                                + name
                                + " may be lost. If it is: atmos auth login"));
    // After that: what fails here is given back by close().
    cache.reserveState(chain, index, bytes);
  }

  @Override
  public Optional<SignInDialog> dialog() {
    wantsUser = true;
    return Optional.ofNullable(person);
  }

  /** Whether the step has looked for a user whom it could ask. */
  boolean wantsUser() {
    return wantsUser;
  }

  @Override
  public Duration timeLeft() {
    return refresher.timeLeft();
  }

  private void endDeferral() {
    if (deferral != null) {
      deferral.close();
      deferral = null;
    }
  }

  @Override
  public void close() {
    if (deferral != null) {
      try {
        cache.reserveState(chain, index, 0);
      } finally {
        endDeferral();
      }
    }
  }
}
