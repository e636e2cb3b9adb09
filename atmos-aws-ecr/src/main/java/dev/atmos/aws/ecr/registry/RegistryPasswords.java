package dev.atmos.aws.ecr.registry;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.IntegrationIdentity;
import dev.atmos.services.Services;
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.policy.Policy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of registries: the one that is kept, as long as it is good for some minutes, else a new
 * one. On the path of each answer to docker.
 */
public final class RegistryPasswords {
  /** As with credentials: what expires sooner is renewed. */
  private static final int MARGIN_SECONDS = 300;

  private final Services services;

  /** With the identities that these services have. */
  public RegistryPasswords(Services services) {
    this.services = services;
  }

  /**
   * A password, made as an identity.
   *
   * @param identity the identity's name, spelled as in the configuration; null for what the
   *     environment offers
   * @throws dev.atmos.plugin.base.AtmosException as {@link Identities#credentials} and {@link
   *     dev.atmos.aws.AwsClients#json} do
   */
  public RegistryPassword get(Registry registry, @Nullable String identity) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      policy.get().requireRegion("the registry", registry.region());
      // What the policy forbids isn't answered from what was kept before.
      var _ = services.service(Identities.class).credentials(identity);
    }
    RegistryPassword kept = kept(registry, identity);
    return kept != null
        ? kept
        : made(registry, identity, services.service(Identities.class).credentials(identity));
  }

  /** The same at the end of a sign-in, whose integrations share the credentials. */
  public RegistryPassword get(Registry registry, IntegrationIdentity identity) {
    RegistryPassword kept = kept(registry, identity.name());
    return kept != null ? kept : made(registry, identity.name(), identity.credentials());
  }

  /** Forgets the password that is kept, which the registry may have refused. */
  public void forget(Registry registry, @Nullable String identity) {
    services.service(DerivedSecrets.class).write(identity, name(registry), null);
  }

  private @Nullable RegistryPassword kept(Registry registry, @Nullable String identity) {
    Secret kept =
        services.service(DerivedSecrets.class).read(identity, name(registry)).orElse(null);
    RegistryPassword password = kept == null ? null : RegistryPassword.of(kept);
    Instant needed = services.clock().instant().plusSeconds(MARGIN_SECONDS);
    return password != null && password.until().isAfter(needed) ? password : null;
  }

  private RegistryPassword made(
      Registry registry, @Nullable String identity, AwsCredentials credentials) {
    RegistryPassword made = new EcrApi(services).password(registry, credentials);
    services.service(DerivedSecrets.class).write(identity, name(registry), made.kept());
    return made;
  }

  /** A password is good for all registries of a region that the identity may use. */
  private static String name(Registry registry) {
    return registry.isPublic() ? "ecr-public" : "ecr-".concat(registry.region());
  }
}
