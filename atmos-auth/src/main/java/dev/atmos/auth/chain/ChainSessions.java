package dev.atmos.auth.chain;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.text.DisplayNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sessions of one process, over the configuration that it has. */
public final class ChainSessions implements Sessions {

  /** A class, because the first lambda of a process costs more than one. */
  public static final class Factory implements Function<PluginContext, Sessions> {
    @Override
    public Sessions apply(PluginContext context) {
      return new ChainSessions(context);
    }
  }

  private final PluginContext context;
  private final RoleCredentialFiles roles;
  private @Nullable SignInState state;
  private boolean stateMayAsk;

  ChainSessions(PluginContext context) {
    this.context = context;
    this.roles = new RoleCredentialFiles(context);
  }

  @Override
  public Session silent(String identity) {
    Chain chain = new ChainReader(context).identity(identity);
    Renewal renewal = new Renewal(context, vault(false), chain, null);
    try {
      return session(chain, renewal.silent(), renewal);
    } catch (SignInNeeded e) {
      throw ChainFailures.signIn(identity, e.why(), e.getCause());
    }
  }

  @Override
  public Session signIn(String identity, SignInOptions options) {
    Chain chain = new ChainReader(context).identity(identity);
    Renewal renewal = new Renewal(context, vault(true), chain, options.dialog());
    Grant grant = renewal.attended(options.force());
    provision(chain, renewal);
    return session(chain, grant, renewal);
  }

  @Override
  public ProviderSession signInToProvider(String provider, SignInOptions options) {
    Chain chain = new ChainReader(context).provider(provider);
    Vault vault = vault(true);
    Renewal renewal = new Renewal(context, vault, chain, options.dialog());
    Grant grant = renewal.attended(options.force());
    provision(chain, renewal);
    return providerSession(chain, vault, grant, origin(renewal, 0));
  }

  /** Keeps what the provider offers, where it is wanted and not as it was at the last sign-in. */
  private void provision(Chain chain, Renewal renewal) {
    Provider provider = chain.link(0).provider();
    Grant grant = renewal.made(0);
    String name = chain.link(0).name();
    Path file = ProvisionedFile.of(context, name);
    if (grant == null
        || file == null
        || !(provider instanceof Offering offering)
        || !offering.isWanted()) {
      return;
    }
    try {
      List<Offering.Offered> offered = offering.offered(grant);
      String text = ProvisionedText.of(name, offered, context.clock().instant());
      context.privateFiles().write(file, text.getBytes(StandardCharsets.UTF_8));
      context
          .console()
          .say(
              "Provider "
                  + DisplayNames.quoted(name)
                  + " offers "
                  + offered.size()
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
    context
        .console()
        .say("What " + DisplayNames.quoted(provider) + " offers is as it was before: " + why);
  }

  @Override
  public KeptSession kept(String identity) {
    Chain chain = new ChainReader(context).identity(identity);
    Fingerprint fingerprint = chain.keptUnder(chain.last());
    Instant expiresAt = null;
    if (fingerprint != null
        && vault(false).grant(chain, chain.last()) instanceof AwsCredentials c) {
      expiresAt = c.expiresAt();
    }
    Facts facts = Facts.of(context, identity);
    return new KeptSession(
        identity,
        chain.provider(),
        expiresAt,
        chain.region(chain.last()).orElse(null),
        facts.account(),
        facts.principal(),
        fingerprint == null ? null : roles.credentialsFile(fingerprint).orElse(null),
        ProfileNames.of(identity));
  }

  @Override
  public @Nullable ProviderSession keptOfProvider(String provider) {
    Chain chain = new ChainReader(context).provider(provider);
    Vault vault = vault(false);
    Grant kept = vault.grant(chain, 0);
    if (kept == null || !isLive(kept)) {
      Provider step = chain.link(0).provider();
      Grant borrowed = step == null ? null : step.borrowed().orElse(null);
      if (borrowed != null && isLive(borrowed)) {
        kept = borrowed;
      }
    }
    return kept == null ? null : providerSession(chain, vault, kept, Session.Origin.KEPT);
  }

  @Override
  public LogoutPlan plan(LogoutScope scope) {
    return new Logout(context, roles, signIns(false)).plan(scope);
  }

  @Override
  public List<LogoutOutcome> logout(LogoutPlan plan) {
    return new Logout(context, roles, signIns(false)).run(plan);
  }

  private boolean isLive(Grant grant) {
    Instant expiresAt = grant.expiresAt();
    return expiresAt == null || expiresAt.isAfter(context.clock().instant());
  }

  private ProviderSession providerSession(
      Chain chain, Vault vault, Grant grant, Session.Origin origin) {
    boolean kept = grant.equals(vault.grant(chain, 0));
    CredentialKey key = Vault.key(chain, 0);
    Provider provider = chain.link(0).provider();
    boolean borrowed = !kept && provider != null && Optional.of(grant).equals(provider.borrowed());
    return new ProviderSession(
        chain.link(0).name(),
        grant.expiresAt(),
        borrowed,
        kept && key != null ? signIns(false).storeOf(key).orElse(null) : null,
        origin);
  }

  private Session session(Chain chain, Grant grant, Renewal renewal) {
    if (!(grant instanceof AwsCredentials credentials)) {
      throw new IllegalStateException("an identity makes credentials");
    }
    String identity = chain.link(chain.last()).name();
    Facts facts = Facts.of(context, identity);
    return new Session(
        identity,
        chain.provider(),
        credentials,
        chain.region(chain.last()).orElse(null),
        facts.account(),
        facts.principal(),
        origin(renewal, chain.last()));
  }

  private static Session.Origin origin(Renewal renewal, int link) {
    if (renewal.hasAsked()) {
      return Session.Origin.SIGNED_IN;
    }
    return renewal.made(link) != null ? Session.Origin.RENEWED : Session.Origin.KEPT;
  }

  private Vault vault(boolean mayAsk) {
    return new Vault(context, roles, signIns(mayAsk));
  }

  /**
   * One for each process: its key of the keyring, and its memory, are in it. What may ask serves
   * those too who wouldn't.
   */
  private synchronized SignInState signIns(boolean mayAsk) {
    SignInState known = state;
    if (known == null || (mayAsk && !stateMayAsk)) {
      known = new SignInState(context, mayAsk);
      state = known;
      stateMayAsk = mayAsk;
    }
    return known;
  }
}
