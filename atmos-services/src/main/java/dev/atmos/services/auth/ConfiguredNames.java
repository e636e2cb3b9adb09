package dev.atmos.services.auth;

import java.util.List;

/**
 * Host service: the names that the {@code auth} section has, for completion. Where the
 * configuration can't be read, there are none: who completes a word can't be told of an error.
 */
public interface ConfiguredNames {

  /** The names of identities, in the configuration's order. */
  List<String> identities();

  /** The names of providers, in the configuration's order. */
  List<String> providers();

  /** The names of integrations, in the configuration's order. */
  List<String> integrations();
}
