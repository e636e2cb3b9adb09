package dev.atmos.services.testing;

import dev.atmos.plugin.Plugin;
import dev.atmos.plugin.auth.CredentialStoreType;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.integration.IntegrationType;
import dev.atmos.services.kind.KindRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that a test adds. */
public final class FakeKindRegistry implements KindRegistry {
  private final FakeKinds<ProviderType> providers = new FakeKinds<>();
  private final FakeKinds<IdentityType> identities = new FakeKinds<>();
  private final FakeKinds<IntegrationType> integrations = new FakeKinds<>();
  private final FakeKinds<CredentialStoreType> stores = new FakeKinds<>();
  private @Nullable String fallbackIdentity;

  /** No kinds. */
  public FakeKindRegistry() {}

  /** Adds all kinds of a plugin, as those of a built-in one. */
  public FakeKindRegistry add(Plugin plugin) {
    plugin.providers().forEach(providers::add);
    plugin.identities().forEach(identities::add);
    plugin.integrations().forEach(integrations::add);
    plugin.stores().forEach(stores::add);
    return this;
  }

  /** Sets the kind that is used where no identities are configured. */
  public FakeKindRegistry withFallbackIdentity(String kind) {
    fallbackIdentity = kind;
    return this;
  }

  @Override
  public FakeKinds<ProviderType> providers() {
    return providers;
  }

  @Override
  public FakeKinds<IdentityType> identities() {
    return identities;
  }

  @Override
  public FakeKinds<IntegrationType> integrations() {
    return integrations;
  }

  @Override
  public FakeKinds<CredentialStoreType> stores() {
    return stores;
  }

  @Override
  public Optional<String> fallbackIdentity() {
    return Optional.ofNullable(fallbackIdentity);
  }
}
