package dev.atmos.cli.host;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.Services;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Providers and identities of one third party's plugin, called through the gate. */
final class GuestSteps {
  private final PluginHost host;
  private final PluginMetadata plugin;

  GuestSteps(PluginHost host, PluginMetadata plugin) {
    this.host = host;
    this.plugin = plugin;
  }

  IdentityType identityType(String kind, IdentityType guest) {
    return new GuestIdentityType(kind, guest);
  }

  ProviderType providerType(String kind, ProviderType guest) {
    return new GuestProviderType(kind, guest);
  }

  /** Calls the guest, who may give nothing back, whatever its signature says. */
  private <T> T ask(Supplier<T> question, String what) {
    return host.call(plugin, () -> PluginHost.given(plugin, question.get(), what));
  }

  private final class GuestIdentityType implements IdentityType {
    private final String kind;
    private final IdentityType guest;

    GuestIdentityType(String kind, IdentityType guest) {
      this.kind = kind;
      this.guest = guest;
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public Identity create(IdentitySpec spec, Services context) {
      return new GuestIdentity(ask(() -> guest.create(spec, context), "the identity"));
    }
  }

  private final class GuestProviderType implements ProviderType {
    private final String kind;
    private final ProviderType guest;

    GuestProviderType(String kind, ProviderType guest) {
      this.kind = kind;
      this.guest = guest;
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public Provider create(ProviderSpec spec, Services context) {
      return new GuestProvider(ask(() -> guest.create(spec, context), "the provider"));
    }
  }

  private abstract class GuestStep implements ChainStep {
    private final ChainStep guest;

    GuestStep(ChainStep guest) {
      this.guest = guest;
    }

    @Override
    public Optional<Map<String, String>> cacheKey() {
      return ask(() -> guest.cacheKey().map(Map::copyOf), "what it is made from");
    }

    @Override
    public boolean isCacheable() {
      return ask(guest::isKept, "an answer");
    }

    @Override
    public Optional<String> region() {
      return ask(guest::region, "the region");
    }
  }

  private final class GuestIdentity extends GuestStep implements Identity {
    private final Identity guest;

    GuestIdentity(Identity guest) {
      super(guest);
      this.guest = guest;
    }

    @Override
    public AwsCredentials credentials(StepRequest request) {
      return ask(() -> guest.credentials(request), "the credentials");
    }
  }

  private final class GuestProvider extends GuestStep implements Provider {
    private final Provider guest;

    GuestProvider(Provider guest) {
      super(guest);
      this.guest = guest;
    }

    @Override
    public Grant grant(StepRequest request) {
      return ask(() -> guest.grant(request), "the grant");
    }

    @Override
    public Optional<Grant> borrowed() {
      return ask(guest::borrowed, "an answer");
    }

    @Override
    public void revoke(Grant grant) {
      ask(
          () -> {
            guest.revoke(grant);
            return true;
          },
          "an answer");
    }
  }
}
