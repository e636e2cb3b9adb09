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
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs in and out, and gives out what was signed in to: the service behind the commands. Names are
 * those of the configuration, spelt as there.
 *
 * <p>All methods that use a definition throw an {@link dev.atmos.plugin.base.AtmosException} with
 * {@link dev.atmos.plugin.base.ExitCode#USAGE} where it is missing, broken or not trusted with what
 * it wants, and with {@link dev.atmos.plugin.base.ExitCode#PLUGIN} where nothing supplies its kind.
 */
public class Sessions {
  private final Services services;
  private final RoleCredentialFiles roles;
  private @Nullable SignInState state;
  private boolean stateMayAsk;

  Sessions(Services services) {
    this.services = services;
    this.roles = new RoleCredentialFiles(services);
  }

  /**
   * Live credentials of an identity, without asking anybody: no prompt, no browser. Kept ones are
   * used while they have 5 minutes left; then they are renewed, once for all processes that ask at
   * that moment.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if somebody has to sign in, and the
   *     command that does so as its hint; with {@link dev.atmos.plugin.base.ExitCode#DENIED} if the
   *     identity isn't allowed; with {@link dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if the
   *     network is in the way and what is kept has less than a minute left
   */
  public Session silent(String identity) {
    return silent(new ChainReader(services).identity(identity));
  }

  /** The same of a chain that was already read. */
  Session silent(Chain chain) {
    ChainRefresher refresher = new ChainRefresher(services, cache(false), chain, null);
    try {
      return new Session(chain, refresher.silent(), origin(refresher, chain.last()));
    } catch (SignInRequiredException e) {
      throw ChainFailures.signIn(chain, e.why(), e.getCause());
    }
  }

  /**
   * Signs in to an identity: like {@link #silent}, and where that needs somebody, they are asked.
   * Identities that a provider offers are written to the cache on the way, if it is to ({@code
   * auto_provision_identities}); that failing is a warning on standard error.
   */
  public Session signIn(String identity, SignInOptions options) {
    Chain chain = new ChainReader(services).identity(identity);
    ChainRefresher refresher = new ChainRefresher(services, cache(true), chain, options.dialog());
    Grant grant = refresher.attended(options.force());
    discover(chain, refresher);
    return new Session(chain, grant, origin(refresher, chain.last()));
  }

  /** Signs in to a provider, and to no identity. */
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
    Path file = ProvisionedFile.of(services, name);
    if (grant == null || file == null || provider == null || !provider.discoversIdentities()) {
      return;
    }
    try {
      List<DiscoveredIdentity> discovered = provider.discover(grant);
      String text =
          ProvisionedText.of(name, chain.link(0).kind(), discovered, services.clock().instant());
      services.privateFiles().write(file, text.getBytes(StandardCharsets.UTF_8));
      String offer = DisplayNames.quoted(name) + " offers " + discovered.size() + " identities";
      services.console().say("Provider " + offer);
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

  /** What is kept of an identity. No network, no process, and nobody is asked. */
  public CachedSession cached(String identity) {
    Chain chain = new ChainReader(services).identity(identity);
    Fingerprint fingerprint = chain.cachedUnder(chain.last());
    Grant grant = cache(false).grant(chain, chain.last());
    return new CachedSession(
        identity,
        chain.provider(),
        grant == null ? null : grant.expiresAt(),
        chain.region().orElse(null),
        chain.target().describe(),
        fingerprint == null ? null : roles.credentialsFile(fingerprint).orElse(null),
        ProfileNames.of(identity));
  }

  /**
   * What is kept of a sign-in to a provider; null where nothing is. No network; the keyring may be
   * asked.
   */
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

  /** What a logout would do, in the order in which it would. No network, and nothing is changed. */
  public LogoutPlan plan(LogoutScope scope) {
    return new Logout(services, roles, signIns(false)).plan(scope);
  }

  /**
   * Does what a plan says, all of it, whatever goes wrong on the way. The other side is told first,
   * and is waited for no longer than 3 seconds.
   *
   * @return what became of each of the plan's steps, in their order
   */
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
    CredentialKey key = chain.key(0);
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
