package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditEvent;
import dev.atmos.services.audit.AuditLog;
import dev.atmos.services.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs in and out, and gives out live grants, for the commands. Names are spelled as in the
 * configuration.
 *
 * <p>All methods that use a definition throw an {@link dev.atmos.plugin.base.AtmosException} with
 * {@link dev.atmos.plugin.base.ExitCode#USAGE} where it is missing, broken or not trusted, and with
 * {@link dev.atmos.plugin.base.ExitCode#PLUGIN} where nothing supplies its kind.
 */
public class Sessions {
  /** How many identities use the network at a time. */
  private static final int AT_ONCE = 8;

  private final Services services;
  private final RoleCredentialFiles roles;
  private @Nullable SignInState state;
  private boolean stateMayAsk;

  Sessions(Services services) {
    this.services = services;
    this.roles = new RoleCredentialFiles(services);
  }

  /**
   * Live credentials of an identity, without asking the user: no prompt, no browser. Cached ones
   * are used while they have 5 minutes left; then they are renewed, once for all processes that ask
   * at that moment.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the user has to sign in, with that
   *     command as its hint; with {@link dev.atmos.plugin.base.ExitCode#DENIED} if the identity
   *     isn't allowed; with {@link dev.atmos.plugin.base.ExitCode#UNAVAILABLE} if the network fails
   *     and the cached credentials have less than a minute left
   */
  public Session silent(String identity) {
    return silent(new ChainReader(services).identity(identity));
  }

  /** The same of a chain that was already read. */
  Session silent(Chain chain) {
    permit(chain);
    ChainRefresher refresher = new ChainRefresher(services, cache(false), chain, null);
    try {
      return new Session(chain, allowed(chain, refresher.silent()), origin(chain, refresher));
    } catch (SignInRequiredException e) {
      throw ChainFailures.signIn(chain, e);
    }
  }

  /**
   * What came of one of several identities.
   *
   * @param session its live grant; null if there is none
   * @param failure why not; null if there is one
   */
  public record Attempt(
      String identity, @Nullable Session session, @Nullable AtmosException failure) {}

  /**
   * A sign-in to a provider.
   *
   * @param provider its name
   * @param expiresAt when it ends, unless it is renewed; null where that isn't known
   * @param external whether it is another tool's, such as that of {@code aws sso login}
   * @param origin where it was found
   */
  public record ProviderSession(
      String provider, @Nullable Instant expiresAt, boolean external, Session.Origin origin) {}

  /** Live grants of several identities, as of {@link #silent(String)}, made at the same time. */
  public List<Attempt> silentAll(List<String> identities) {
    List<Supplier<Attempt>> attempts = new ArrayList<>();
    for (String identity : identities) {
      attempts.add(attempt(identity));
    }
    return services.tasks().all(attempts, AT_ONCE);
  }

  private Supplier<Attempt> attempt(String identity) {
    try {
      Chain chain = new ChainReader(services).identity(identity);
      // Makes all values: what the configuration runs and reads isn't made by several threads.
      for (int i = 0; i < chain.size(); i++) {
        ChainLink link = chain.link(i);
        DefinitionCheck.requireTrust(link, services.trust());
        DefinitionCheck.require(link.part(), link.type(), link.definition());
      }
      return () -> {
        try {
          return new Attempt(identity, silent(chain), null);
        } catch (AtmosException e) {
          return new Attempt(identity, null, e);
        }
      };
    } catch (AtmosException e) {
      return () -> new Attempt(identity, null, e);
    }
  }

  /** Why an identity can't be used on this machine or in this job at all; empty if it can. */
  public Optional<String> unavailable(String identity) {
    try {
      Chain chain = new ChainReader(services).identity(identity);
      for (int i = 0; i < chain.size(); i++) {
        Optional<String> reason = chain.link(i).type().unavailable(services);
        if (reason.isPresent()) {
          return reason;
        }
      }
    } catch (AtmosException e) {
      // It is reported where the identity is used.
      services.console().debug(e.sentence());
    }
    return Optional.empty();
  }

  /**
   * Signs in to an identity: like {@link #silent(String)}, but asks the user where that is needed.
   */
  public Session signIn(String identity, SignInOptions options) {
    return signIn(new ChainReader(services).identity(identity), options);
  }

  /**
   * Signs in to what the environment offers; empty if a sign-in changes nothing about that, as with
   * keys.
   */
  public Optional<Session> signInToEnvironment(SignInOptions options) {
    Optional<String> kind = services.kinds().fallbackIdentity();
    Chain chain = ChainReader.fallback(services, kind.orElseThrow());
    return chain.cachedUnder(chain.last()) == null
        ? Optional.empty()
        : Optional.of(signIn(chain, options));
  }

  private Session signIn(Chain chain, SignInOptions options) {
    permit(chain);
    services.audit().ifPresent(AuditLog::check);
    ChainRefresher refresher = new ChainRefresher(services, cache(true), chain, options.dialog());
    Grant grant = allowed(chain, refresher.attended(options.force()));
    if (refresher.hasAsked()) {
      AuditEvent event = AuditEvent.of("sign_in").with("provider", chain.provider());
      String identity = chain.target().isProvider() ? null : chain.name();
      services.audit().ifPresent(audit -> audit.record(event.with("identity", identity)));
    }
    return new Session(chain, grant, origin(chain, refresher));
  }

  /** Without a lambda, like the next one: those that wait for a renewal run both. */
  private void permit(Chain chain) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      ChainPolicy.require(policy.get(), chain);
    }
  }

  private Grant allowed(Chain chain, Grant grant) {
    Optional<Policy> policy = services.policy();
    if (policy.isPresent()) {
      ChainPolicy.require(policy.get(), chain, grant);
    }
    return grant;
  }

  /**
   * What a step behind an identity makes of its own key; empty where the identity {@linkplain
   * dev.atmos.plugin.auth.ChainStep#source gives} it none, so that it starts from credentials.
   */
  public Optional<AwsCredentials> withKey(String identity, Identity behind) {
    Chain chain = new ChainReader(services).identity(identity);
    permit(chain);
    for (int i = 0; i < chain.size(); i++) {
      DefinitionCheck.requireTrust(chain.link(i), services.trust());
    }
    ChainRefresher refresher = new ChainRefresher(services, cache(false), chain, null);
    try (LinkRequest request = refresher.request(chain.last(), null, null)) {
      Optional<Grant> key = chain.target().step().source(request, behind);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      try (LinkRequest next = refresher.request(chain.last(), key.get(), null)) {
        return Optional.of(chain.credentials(allowed(chain, behind.grant(next))));
      }
    }
  }

  /** Signs in to a provider, and to no identity. */
  public ProviderSession signInToProvider(String provider, SignInOptions options) {
    Session session = signIn(new ChainReader(services).provider(provider), options);
    ChainLink link = session.chain().target();
    Optional<Grant> external =
        link.provider() == null ? Optional.empty() : link.provider().externalGrant();
    boolean isExternal =
        external.equals(Optional.of(session.grant()))
            && !session.grant().equals(cache(true).grant(session.chain(), 0));
    return new ProviderSession(
        link.name(), session.grant().expiresAt(), isExternal, session.origin());
  }

  /**
   * Lists the identities that a provider offers, where its definition says {@code
   * auto_provision_identities} and the last full list is older than an hour, and says what is new
   * and what is gone. A failure is a line on standard error.
   *
   * @param all lists them even if the last list is younger
   */
  public void listIdentities(String provider, boolean all) {
    Chain chain = new ChainReader(services).provider(provider);
    new IdentityList(services, chain).update(all, () -> silent(chain).grant());
  }

  /** What is cached of an identity. Uses no network and no process, and doesn't ask the user. */
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
   * How each identity and provider stands. Uses no network and doesn't ask the user.
   *
   * @param quick whether no store of sign-ins is asked, and no value of a tag made
   */
  public StatusReader status(boolean quick) {
    return new StatusReader(services, roles, quick ? null : cache(false), !quick);
  }

  /** The same by the records of sign-ins alone: no store is asked, and so no keyring. */
  StatusReader recordedStatus() {
    return new StatusReader(services, roles, null, true);
  }

  /** Whether a long-lived key is stored for an identity, or can be; false if it can't be read. */
  public boolean storesKey(String identity) {
    try {
      Chain chain = new ChainReader(services).identity(identity);
      return chain.target().step().savedKeyOwner().isPresent();
    } catch (AtmosException e) {
      services.console().debug(e.sentence());
      return false;
    }
  }

  /**
   * Asks for what an identity signs in with, and stores it in place of what was stored. What was
   * made with that is removed.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the identity stores nothing of that kind,
   *     or an answer is wrong
   */
  public void configure(String identity, SignInDialog dialog) {
    Chain chain = new ChainReader(services).identity(identity);
    services.policy().ifPresent(policy -> ChainPolicy.require(policy, chain));
    ChainLink target = chain.target();
    DefinitionCheck.require(target.part(), target.type(), target.definition());
    ChainRefresher refresher = new ChainRefresher(services, cache(true), chain, dialog);
    try (LinkRequest request = refresher.request(chain.last(), null, dialog)) {
      if (!(target.step() instanceof Identity step) || !step.configure(request)) {
        throw ChainFailures.storesNoKey(target);
      }
    }
    for (LogoutOutcome outcome : logout(plan(new LogoutScope.OfKey(identity), false))) {
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
    }
  }

  /**
   * The steps of a logout, in their order. Uses no network and changes nothing.
   *
   * @param keys whether stored long-lived keys are removed as well
   */
  public LogoutPlan plan(LogoutScope scope, boolean keys) {
    return new Logout(services, roles, signIns(false)).plan(scope, keys);
  }

  /**
   * Runs all steps of a plan, even if some fail. Providers are told last, and have 3 seconds to
   * answer.
   *
   * @return the outcomes of the plan's steps, in their order
   */
  public List<LogoutOutcome> logout(LogoutPlan plan) {
    return new Logout(services, roles, signIns(false)).run(plan);
  }

  private static Session.Origin origin(Chain chain, ChainRefresher refresher) {
    if (refresher.hasAsked()) {
      return Session.Origin.SIGNED_IN;
    }
    boolean renewed = refresher.made(chain.last()) != null;
    return renewed ? Session.Origin.RENEWED : Session.Origin.CACHED;
  }

  private GrantCache cache(boolean mayAsk) {
    return new GrantCache(services, roles, signIns(mayAsk));
  }

  /**
   * One for each process, since it holds the key of the keyring and the store in memory. One that
   * may ask the user also serves callers that may not.
   */
  private synchronized SignInState signIns(boolean mayAsk) {
    if (state == null || (mayAsk && !stateMayAsk)) {
      state = new SignInState(services, mayAsk);
      stateMayAsk = mayAsk;
    }
    return state;
  }
}
