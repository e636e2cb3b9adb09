package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthPart;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.kind.Description;
import dev.atmos.plugin.kind.KindType;
import dev.atmos.text.DisplayNames;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain, with its definition and the type of its kind. On the token path.
 *
 * @param part the part of the configuration that its definition stands in: of some kinds there are
 *     providers as well as identities
 */
record ChainLink(AuthPart part, KindType type, Definition definition, ChainStep step) {
  String name() {
    return definition.name();
  }

  /** The name, for messages; the environment's credentials have none. */
  String shown() {
    return name().isEmpty() ? "the environment's credentials" : DisplayNames.quoted(name());
  }

  String kind() {
    return type.kind();
  }

  /** Whether it is a provider; else it is an identity. */
  boolean isProvider() {
    return part == AuthPart.PROVIDERS;
  }

  /** The provider that it is; null for an identity. */
  @Nullable Provider provider() {
    return isProvider() && step instanceof Provider provider ? provider : null;
  }

  /** The word for it in fingerprints and in the names of stored entries. */
  String role() {
    return isProvider() ? "provider" : "identity";
  }

  /** Who or what it is, as its kind describes it. */
  Description describe() {
    return type.describe(definition);
  }
}
