package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.ImplementedByHost;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Service of the host: finds the identity that a command works as, and its credentials. Safe for
 * use by several threads. A command should ask again for each use, rather than keep credentials
 * that expire.
 *
 * <p>All methods throw an {@link dev.atmos.plugin.base.AtmosException} with {@link
 * dev.atmos.plugin.base.ExitCode#USAGE} if the identity is ambiguous, or can't be used as it is
 * configured.
 */
@ImplementedByHost
public interface Identities {

  /**
   * A live grant of an identity: of the one named, else of {@code ATMOS_IDENTITY}, else of the
   * default one, else of the only one. If no identities are configured, the grant comes from the
   * environment. Never prompts and never opens a browser.
   *
   * @param name the value of {@code --identity}; null where it isn't given
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the user has to sign in first, with
   *     {@link dev.atmos.plugin.base.ExitCode#PLUGIN} if no plugin supplies the identity's kind
   */
  Grant grant(@Nullable String name);

  /**
   * AWS credentials of an identity, found like {@link #grant}.
   *
   * @throws dev.atmos.plugin.base.AtmosException also with {@link
   *     dev.atmos.plugin.base.ExitCode#USAGE} if the identity gives another type of grant
   */
  AwsCredentials credentials(@Nullable String name);

  /**
   * The name of the identity that {@link #grant} would use, spelled as in the configuration; empty
   * if it would use the environment. Needs no credentials.
   *
   * @param name the value of {@code --identity}; null where it isn't given
   */
  Optional<String> nameOf(@Nullable String name);

  /**
   * The region that an identity works in: its own, else that of the nearest step of its chain that
   * names one; empty where none does.
   *
   * @param identity the identity's name, spelled as in the configuration; null for the environment
   */
  Optional<String> regionOf(@Nullable String identity);
}
