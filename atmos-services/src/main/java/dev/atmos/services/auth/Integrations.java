package dev.atmos.services.auth;

import dev.atmos.plugin.integration.Integration;
import dev.atmos.plugin.integration.IntegrationIdentity;
import java.util.List;

/**
 * Host service: the integrations of the configuration, and which identities they belong to. One
 * that names an identity in {@code via} belongs to that identity, one that names a provider to all
 * identities whose way begins there.
 */
public interface Integrations {

  /**
   * The integration of a name, which may be spelt in any case.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if there is none, if the name could mean several, or if its {@code via} can't be resolved
   */
  ConfiguredIntegration find(String name);

  /**
   * The integrations of an identity, in the configuration's order. Those whose {@code via} can't be
   * resolved are left out.
   *
   * @param identity the identity's name, spelt as in the configuration
   */
  List<ConfiguredIntegration> of(String identity);

  /**
   * An integration, ready for use. Only here its kind is looked for, and its fields are read.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#PLUGIN}
   *     if no plugin supplies its kind, {@link dev.atmos.plugin.base.ExitCode#USAGE} if it can't be
   *     used as it is written
   */
  Integration open(ConfiguredIntegration integration);

  /**
   * Whose credentials those of an identity are, for {@link Integration#setUp}.
   *
   * @param identity the identity's name, spelt as in the configuration
   */
  IntegrationIdentity identity(String identity);

  /**
   * Sets up an identity's integrations, but for those that say {@code auto_provision: false}: what
   * a sign-in ends with. If one fails, the others are set up all the same.
   *
   * @param identity the identity's name, spelt as in the configuration
   * @return what became of each, in the configuration's order
   */
  List<IntegrationOutcome> setUpAll(String identity);
}
