package dev.atmos.cli.config;

/** Says of a file whether what it asks for may be done. */
interface TrustStates {

  /** Whether a file is trusted, as it was read. */
  SearchStep.TrustState stateOf(ConfigFile file);
}
