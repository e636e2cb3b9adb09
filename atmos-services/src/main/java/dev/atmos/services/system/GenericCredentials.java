package dev.atmos.services.system;

import dev.atmos.plugin.base.Secret;
import java.io.IOException;
import java.util.Optional;

/**
 * The generic credentials that Windows' Credential Manager keeps for its user, each under the name
 * of a target. Safe for use by several threads. All methods fail with an {@link IOException} whose
 * message says why Windows refuses, without the secret.
 */
public interface GenericCredentials {

  /** The secret of a target; empty if there is none. */
  Optional<Secret> read(String target) throws IOException;

  /**
   * Keeps the secret of a target, in place of what it was before.
   *
   * @param secret at most 2,560 bytes in UTF-8
   */
  void write(String target, Secret secret) throws IOException;

  /** Forgets the secret of a target, if there is one. */
  void delete(String target) throws IOException;
}
