package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;

/** What an identity or an integration gets its credentials from. */
public sealed interface Via {

  /** The name as it was written; {@link AuthGraph} says whom it means. */
  String name();

  /** Where the name was written. */
  Position position();

  /** A provider. */
  record OfProvider(String name, Position position) implements Via {}

  /** An identity. */
  record OfIdentity(String name, Position position) implements Via {}
}
