package dev.atmos.auth.session;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request of an identity that needs no other step, and of which nothing is cached. */
final class StandaloneRequest implements StepRequest {
  @Override
  public Optional<Grant> input() {
    return Optional.empty();
  }

  @Override
  public Optional<String> region() {
    return Optional.empty();
  }

  @Override
  public Optional<Secret> savedState() {
    return Optional.empty();
  }

  @Override
  public void saveState(@Nullable Secret state) {}

  @Override
  public Optional<SignInDialog> dialog() {
    return Optional.empty();
  }

  @Override
  public Duration timeLeft() {
    return Duration.ofSeconds(ChainRefresher.SILENT_SECONDS);
  }
}
