package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs in and out, and gives out what was signed in to: the service behind the commands. Names are
 * those of the configuration, spelt as there.
 *
 * <p>All methods that use a definition throw an {@link dev.atmos.plugin.base.AtmosException} with
 * {@link dev.atmos.plugin.base.ExitCode#USAGE} where it is missing, broken or not trusted with what
 * it wants, and with {@link dev.atmos.plugin.base.ExitCode#PLUGIN} where nothing supplies its kind.
 */
public interface Sessions {

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
  Session silent(String identity);

  /**
   * Signs in to an identity: like {@link #silent}, and where that needs somebody, they are asked.
   * Identities that a provider offers are written to the cache on the way, if it is to ({@code
   * auto_provision_identities}); that failing is a warning on standard error.
   */
  Session signIn(String identity, SignInOptions options);

  /** Signs in to a provider, and to no identity. */
  ProviderSession signInToProvider(String provider, SignInOptions options);

  /** What is kept of an identity. No network, no process, and nobody is asked. */
  CachedSession cached(String identity);

  /**
   * What is kept of a sign-in to a provider; null where nothing is. No network; the keyring may be
   * asked.
   */
  @Nullable ProviderSession cachedOfProvider(String provider);

  /** What a logout would do, in the order in which it would. No network, and nothing is changed. */
  LogoutPlan plan(LogoutScope scope);

  /**
   * Does what a plan says, all of it, whatever goes wrong on the way. The other side is told first,
   * and is waited for no longer than 3 seconds.
   *
   * @return what became of each of the plan's steps, in their order
   */
  List<LogoutOutcome> logout(LogoutPlan plan);
}
