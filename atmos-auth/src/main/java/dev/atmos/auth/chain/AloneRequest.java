package dev.atmos.auth.chain;

import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an identity is given that goes through nobody, and of which nothing is kept. */
final class AloneRequest implements StepRequest {
  @Override
  public Optional<Grant> input() {
    return Optional.empty();
  }

  @Override
  public Optional<String> region() {
    return Optional.empty();
  }

  @Override
  public Optional<Secret> state() {
    return Optional.empty();
  }

  @Override
  public void keep(@Nullable Secret state) {}

  @Override
  public Optional<SignInDialog> dialog() {
    return Optional.empty();
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(Renewal.SILENT_SECONDS);
  }
}
