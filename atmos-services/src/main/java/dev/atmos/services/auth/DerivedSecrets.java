package dev.atmos.services.auth;

import dev.atmos.plugin.base.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Host service: keeps what was made with an identity's credentials, such as the password of a
 * registry, beside those credentials and in the same way, so that a logout removes both. Whoever
 * keeps something says in it until when it is good. On the token path.
 *
 * <p>Identities are spelled as in the configuration; null stands for what the environment offers.
 */
public interface DerivedSecrets {

  /**
   * Whether secrets may stay after this run: not where {@code auth.keyring.type} is {@code none} or
   * {@code memory}, and not without a home directory.
   */
  boolean keeps();

  /**
   * What is kept of an identity under a name; empty where nothing is, or it can't be read.
   *
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if the identity can't be used as it is configured
   */
  Optional<Secret> read(@Nullable String identity, String name);

  /**
   * Keeps something, in the place of what was there. Does nothing where the identity's credentials
   * aren't cached, and where nothing {@link #keeps}.
   *
   * @param name letters, digits and dashes
   * @param secret visible ASCII and line feeds; null removes what is kept
   * @throws dev.atmos.plugin.base.AtmosException as {@link #read} does
   */
  void write(@Nullable String identity, String name, @Nullable Secret secret);
}
