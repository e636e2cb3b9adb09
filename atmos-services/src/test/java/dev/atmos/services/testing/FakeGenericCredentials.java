package dev.atmos.services.testing;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.system.GenericCredentials;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Windows' Credential Manager in memory. */
public final class FakeGenericCredentials implements GenericCredentials {
  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private @Nullable String refusal;

  /** Everything is refused from now on, for that reason; null for nothing. */
  public void refuses(@Nullable String reason) {
    refusal = reason;
  }

  /** What it keeps, by the target. */
  public Map<String, Secret> secrets() {
    return Map.copyOf(secrets);
  }

  @Override
  public Optional<Secret> read(String target) throws IOException {
    requireAllowed();
    return Optional.ofNullable(secrets.get(target));
  }

  @Override
  public void write(String target, Secret secret) throws IOException {
    requireAllowed();
    secrets.put(target, secret);
  }

  @Override
  public void delete(String target) throws IOException {
    requireAllowed();
    secrets.remove(target);
  }

  private void requireAllowed() throws IOException {
    if (refusal != null) {
      throw new IOException(refusal);
    }
  }
}
