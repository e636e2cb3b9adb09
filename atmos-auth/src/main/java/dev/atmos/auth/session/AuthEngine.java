package dev.atmos.auth.session;

import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.EntryStatus.State;
import dev.atmos.auth.status.StatusText;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.Services;
import dev.atmos.services.auth.CallerIdentity;
import dev.atmos.services.auth.DerivedSecrets;
import dev.atmos.services.auth.IdentityStanding;
import dev.atmos.services.auth.Integrations;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, identities and integrations of one configuration, for the commands of {@code atmos
 * auth}. Each part is made when it is first used. On the token path.
 */
public class AuthEngine {
  private final Services services;
  private @Nullable Sessions sessions;
  private @Nullable Integrations integrations;

  /** Over these services. */
  public AuthEngine(Services services) {
    this.services = services;
  }

  /** The services below. */
  public Services services() {
    return services;
  }

  /** Signs in and out, and gives out live grants. */
  public synchronized Sessions sessions() {
    if (sessions == null) {
      sessions = new Sessions(services);
    }
    return sessions;
  }

  /** Finds the identity that a command works as. */
  public Identities identities() {
    return new ConfiguredIdentities(this);
  }

  /** Keeps what was made with credentials. */
  public DerivedSecrets derivedSecrets() {
    return new ChainSecrets(services);
  }

  /** What is set up with identities. */
  public synchronized Integrations integrations() {
    if (integrations == null) {
      integrations = new ConfiguredIntegrations(this);
    }
    return integrations;
  }

  /** Tells whether identities can be used, by what is on this machine. */
  public IdentityStanding.Source standings() {
    StatusReader reader = sessions().recordedStatus();
    StatusText text = new StatusText(services);
    return identity ->
        text.standing(
            identity == null
                ? EntryStatus.without("", "", State.ENVIRONMENT, null)
                : reader.identity(identity));
  }

  /** Asks AWS whose some credentials are. */
  public CallerIdentity.Source caller() {
    return services.service(CallerIdentity.Source.class);
  }

  /**
   * An identity with its chain, of which nothing is checked.
   *
   * @param identity its name, spelled as in the configuration
   */
  public Chain chain(String identity) {
    return new ChainReader(services).identity(identity);
  }

  /**
   * An identity with its chain.
   *
   * @param identity its name, spelled as in the configuration
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if it can't be used as it is written
   */
  public Chain resolve(String identity) {
    Chain chain = chain(identity);
    ChainLink target = chain.target();
    DefinitionCheck.require(target.part(), target.type(), target.definition());
    return chain;
  }
}
