package dev.atmos.auth.session;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.auth.Integrations;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of {@code atmos auth} work with: sessions, identities and integrations over one
 * configuration. Each part is made when it is first used. On the token path.
 */
public class AuthEngine {
  private final Services services;
  private @Nullable ChainSessions sessions;
  private @Nullable ConfiguredIdentities identities;
  private @Nullable ConfiguredIntegrations integrations;

  /** Over these services. */
  public AuthEngine(Services services) {
    this.services = services;
  }

  /** The services below. */
  public Services services() {
    return services;
  }

  /** Signs in and out, and gives out live grants. */
  public Sessions sessions() {
    return chainSessions();
  }

  /** Finds the identity that a command works as. */
  public synchronized Identities identities() {
    ConfiguredIdentities known = identities;
    if (known == null) {
      known = new ConfiguredIdentities(services, this);
      identities = known;
    }
    return known;
  }

  /** What is set up with identities. */
  public synchronized Integrations integrations() {
    ConfiguredIntegrations known = integrations;
    if (known == null) {
      known = new ConfiguredIntegrations(this);
      integrations = known;
    }
    return known;
  }

  /** Asks AWS whose some credentials are. */
  public CallerIdentity.Source caller() {
    return services.service(CallerIdentity.Source.class);
  }

  /**
   * An identity with its chain.
   *
   * @param identity its name, spelled as in the configuration
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if it can't be used as it is written
   */
  public ResolvedIdentity resolve(String identity) {
    Chain chain = new ChainReader(services).identity(identity);
    ChainLink target = chain.target();
    DefinitionCheck.require(target.part(), target.type(), target.definition());
    return new ResolvedIdentity(chain);
  }

  Grant silent(Chain chain) {
    return chainSessions().silent(chain).grant();
  }

  private synchronized ChainSessions chainSessions() {
    ChainSessions known = sessions;
    if (known == null) {
      known = new ChainSessions(services);
      sessions = known;
    }
    return known;
  }
}
