package dev.atmos.auth.config;

import dev.atmos.plugin.config.Position;
import java.util.List;

/** What providers, identities and integrations have in common. */
public sealed interface Definition
    permits ProviderDefinition, IdentityDefinition, IntegrationDefinition {

  /** The name, spelt as in the configuration. */
  String name();

  /** The kind, such as {@code aws/user}; the empty text where the configuration doesn't say it. */
  String kind();

  /** Where the name was written. */
  Position position();

  /** Where the kind was written; where the name was, if there is none. */
  Position kindPosition();

  /**
   * The fields, as dotted paths below the name, whose values a tag makes by running or reading
   * something, and which therefore haven't been made. Where such a field is needed, it holds the
   * tag, such as {@code !exec}; where not, it is absent. Empty in a definition that was read to be
   * used.
   */
  List<String> deferred();
}
