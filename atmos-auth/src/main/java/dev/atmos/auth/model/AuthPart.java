package dev.atmos.auth.model;

import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.kind.KindRegistry;
import dev.atmos.services.kind.Kinds;
import dev.atmos.text.DisplayNames;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three parts of the {@code auth} section that hold definitions. */
public enum AuthPart {
  /** Where people sign in. */
  PROVIDERS("provider", "Providers", "Where people sign in", "What people sign in to."),
  /** Who they are after that. */
  IDENTITIES(
      "identity", "Identities", "What people work as after signing in", "What the identity is."),
  /** What is set up with an identity. */
  INTEGRATIONS("integration", "Integrations", "What is set up with an identity", "What is set up.");

  private final String singular;
  private final String title;
  private final String purpose;
  private final String purposeOfKind;

  AuthPart(String singular, String title, String purpose, String purposeOfKind) {
    this.singular = singular;
    this.title = title;
    this.purpose = purpose;
    this.purposeOfKind = purposeOfKind;
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

  /** The purpose of its definitions, without a full stop. */
  String purpose() {
    return purpose;
  }

  /** The purpose of a definition's {@code kind}, in one sentence. */
  String purposeOfKind() {
    return purposeOfKind;
  }

  /** A definition of it, for messages: {@code identity 'dev'}. */
  public String described(String name) {
    return singular + " " + DisplayNames.quoted(name);
  }

  /** The path of a definition: {@code auth.identities.dev}. */
  public String path(String name) {
    return SchemaCheck.path(SchemaCheck.path(AuthFields.AUTH, key()), name);
  }

  /**
   * Whether a definition of it can stand before another in a chain.
   *
   * @param accepts what the kind of the other accepts
   * @param type the kind of this one; null where that isn't known, which is accepted
   */
  public boolean isAccepted(Accepts accepts, @Nullable KindType type) {
    if (this == IDENTITIES) {
      return accepts.takesIdentities();
    }
    return accepts.takesProviders()
        && (!(type instanceof ProviderType provider)
            || accepts.grants().isEmpty()
            || provider.grants().isEmpty()
            || !Collections.disjoint(accepts.grants(), provider.grants()));
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
