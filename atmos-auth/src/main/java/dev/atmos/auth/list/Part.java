package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.ProviderDefinition;
import java.util.Locale;

/** The three parts of the {@code auth} section that are listed. */
enum Part {
  PROVIDERS("provider", "Providers"),
  IDENTITIES("identity", "Identities"),
  INTEGRATIONS("integration", "Integrations");

  private final String singular;
  private final String title;

  Part(String singular, String title) {
    this.singular = singular;
    this.title = title;
  }

  /** The part that a definition stands in. */
  static Part of(Definition definition) {
    return switch (definition) {
      case ProviderDefinition ignored -> PROVIDERS;
      case IdentityDefinition ignored -> IDENTITIES;
      case IntegrationDefinition ignored -> INTEGRATIONS;
    };
  }

  /** The key that it has in the configuration. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one of it is called. */
  String singular() {
    return singular;
  }

  /** What it is called at the head of a table. */
  String title() {
    return title;
  }
}
