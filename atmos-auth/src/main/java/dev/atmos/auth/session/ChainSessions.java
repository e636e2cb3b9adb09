package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of one process, over the configuration that it has. */
final class ChainSessions implements Sessions {
  private final Services services;
  private final RoleCredentialFiles roles;
  private @Nullable SignInState state;
  private boolean stateMayAsk;

  ChainSessions(Services services) {
    this.services = services;
    this.roles = new RoleCredentialFiles(services);
  }

  @Override
  public Session silent(String identity) {
    return silent(new ChainReader(services).identity(identity));
  }

  /** The same of a chain that has been read. */
  Session silent(Chain chain) {
    ChainRefresher refresher = new ChainRefresher(services, cache(false), chain, null);
    try {
      return session(chain, refresher.silent(), refresher);
    } catch (SignInRequiredException e) {
      throw ChainFailures.signIn(chain, e.why(), e.getCause());
    }
  }

  @Override
  public Session signIn(String identity, SignInOptions options) {
    Chain chain = new ChainReader(services).identity(identity);
    ChainRefresher refresher = new ChainRefresher(services, cache(true), chain, options.dialog());
    Grant grant = refresher.attended(options.force());
    discover(chain, refresher);
    return session(chain, grant, refresher);
  }

  @Override
  public ProviderSession signInToProvider(String provider, SignInOptions options) {
    Chain chain = new ChainReader(services).provider(provider);
    GrantCache cache = cache(true);
    ChainRefresher refresher = new ChainRefresher(services, cache, chain, options.dialog());
    Grant grant = refresher.attended(options.force());
    discover(chain, refresher);
    return providerSession(chain, cache, grant, origin(refresher, 0));
  }

  /** Writes the identities that the provider discovers, where the configuration asks for them. */
  private void discover(Chain chain, ChainRefresher refresher) {
    Provider provider = chain.link(0).provider();
    Grant grant = refresher.made(0);
    String name = chain.link(0).name();
    Path file = ProvisionedFile.of(name, services.directories(), services.environment());
    if (grant == null || file == null || provider == null || !provider.discoversIdentities()) {
      return;
    }
    try {
      List<DiscoveredIdentity> discovered = provider.discover(grant);
      String text =
          ProvisionedText.of(name, chain.link(0).kind(), discovered, services.clock().instant());
      services.privateFiles().write(file, text.getBytes(StandardCharsets.UTF_8));
      services
          .console()
          .say(
              "Provider "
                  + DisplayNames.quoted(name)
                  + " offers "
                  + discovered.size()
                  + " identities");
    } catch (AtmosException e) {
      warn(name, e.sentence());
    } catch (GrantRefusedException e) {
      warn(name, e.sentence());
    } catch (IOException e) {
      warn(name, "can't write " + file + ": " + e.getMessage());
    }
  }

  private void warn(String provider, String why) {
    services
        .console()
        .say("The identities of " + DisplayNames.quoted(provider) + " were not updated: " + why);
  }

  @Override
  public CachedSession cached(String identity) {
    Chain chain = new ChainReader(services).identity(identity);
    Fingerprint fingerprint = chain.cachedUnder(chain.last());
    Grant grant = fingerprint == null ? null : cache(false).grant(chain, chain.last());
    Instant expiresAt = grant == null ? null : grant.expiresAt();
    return new CachedSession(
        identity,
        chain.provider(),
        expiresAt,
        chain.region(chain.last()).orElse(null),
        chain.target().describe(),
        fingerprint == null ? null : roles.credentialsFile(fingerprint).orElse(null),
        ProfileNames.of(identity));
  }

  @Override
  public @Nullable ProviderSession cachedOfProvider(String provider) {
    Chain chain = new ChainReader(services).provider(provider);
    GrantCache cache = cache(false);
    Grant cached = cache.grant(chain, 0);
    if (cached == null || !isLive(cached)) {
      Provider step = chain.link(0).provider();
      Grant external = step == null ? null : step.externalGrant().orElse(null);
      if (external != null && isLive(external)) {
        cached = external;
      }
    }
    return cached == null ? null : providerSession(chain, cache, cached, Session.Origin.CACHED);
  }

  @Override
  public LogoutPlan plan(LogoutScope scope) {
    return new Logout(services, roles, signIns(false)).plan(scope);
  }

  @Override
  public List<LogoutOutcome> logout(LogoutPlan plan) {
    return new Logout(services, roles, signIns(false)).run(plan);
  }

  private boolean isLive(Grant grant) {
    Instant expiresAt = grant.expiresAt();
    return expiresAt == null || expiresAt.isAfter(services.clock().instant());
  }

  private ProviderSession providerSession(
      Chain chain, GrantCache cache, Grant grant, Session.Origin origin) {
    boolean cached = grant.equals(cache.grant(chain, 0));
    CredentialKey key = GrantCache.key(chain, 0);
    Provider provider = chain.link(0).provider();
    boolean external =
        !cached && provider != null && Optional.of(grant).equals(provider.externalGrant());
    return new ProviderSession(
        chain.link(0).name(),
        grant.expiresAt(),
        external,
        cached && key != null ? signIns(false).storeOf(key).orElse(null) : null,
        origin);
  }

  private static Session session(Chain chain, Grant grant, ChainRefresher refresher) {
    return new Session(chain, grant, origin(refresher, chain.last()));
  }

  private static Session.Origin origin(ChainRefresher refresher, int link) {
    if (refresher.hasAsked()) {
      return Session.Origin.SIGNED_IN;
    }
    return refresher.made(link) != null ? Session.Origin.RENEWED : Session.Origin.CACHED;
  }

  private GrantCache cache(boolean mayAsk) {
    return new GrantCache(services, roles, signIns(mayAsk));
  }

  /**
   * One for each process, since it holds the key of the keyring and the store in memory. One that
   * may ask the user serves callers that may not as well.
   */
  private synchronized SignInState signIns(boolean mayAsk) {
    SignInState known = state;
    if (known == null || (mayAsk && !stateMayAsk)) {
      known = new SignInState(services, mayAsk);
      state = known;
      stateMayAsk = mayAsk;
    }
    return known;
  }
}
