package dev.atmos.auth.store.keyring;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.GenericCredentials;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Windows' Credential Manager. It never asks the user anything and answers from this machine, so
 * there is no time limit.
 */
final class CredentialManager extends Keyring {
  private static final String TARGET = "dev.atmos:";

  private final GenericCredentials credentials;

  CredentialManager(Services context, GenericCredentials credentials) {
    super(context);
    this.credentials = credentials;
  }

  @Override
  public @Nullable Secret lookup(String name) {
    return ask(() -> credentials.read(TARGET + name)).orElse(null);
  }

  @Override
  public void store(String name, Secret secret) {
    ask(() -> {
      credentials.write(TARGET + name, secret);
      return Optional.empty();
    });
  }

  @Override
  public void clear(String name) {
    ask(() -> {
      credentials.delete(TARGET + name);
      return Optional.empty();
    });
  }

  private interface Question {
    Optional<Secret> ask() throws IOException;
  }

  private Optional<Secret> ask(Question question) {
    requireAnswers();
    try {
      return question.ask();
    } catch (IOException e) {
      throw unavailable(String.valueOf(e.getMessage()));
    }
  }
}
