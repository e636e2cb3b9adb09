package dev.atmos.auth.model;

import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.kind.Kinds;
import java.util.Locale;

/** The three parts of the {@code auth} section that hold definitions. */
public enum AuthPart {
  /** Where people sign in. */
  PROVIDERS("provider", "Providers"),
  /** Who they are after that. */
  IDENTITIES("identity", "Identities"),
  /** What is set up with an identity. */
  INTEGRATIONS("integration", "Integrations");

  private final String singular;
  private final String title;

  AuthPart(String singular, String title) {
    this.singular = singular;
    this.title = title;
  }

  /** The key that it has in the configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one definition of it is called. */
  public String singular() {
    return singular;
  }

  /** What it is called at the head of a table. */
  public String title() {
    return title;
  }

  /** The kinds that its definitions can be of. */
  public Kinds<? extends KindType> kinds(KindRegistry registry) {
    return switch (this) {
      case PROVIDERS -> registry.providers();
      case IDENTITIES -> registry.identities();
      case INTEGRATIONS -> registry.integrations();
    };
  }
}
