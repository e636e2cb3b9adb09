package dev.atmos.plugin.kind;

import java.util.List;

/** What the {@code via} of an identity may name. Immutable. */
public final class Accepts {

  private static final Accepts NOTHING = new Accepts(false, List.of(), false, false);

  private final boolean providers;
  private final List<String> grants;
  private final boolean identities;
  private final boolean required;

  private Accepts(boolean providers, List<String> grants, boolean identities, boolean required) {
    this.providers = providers;
    this.grants = grants;
    this.identities = identities;
    this.required = required;
  }

  /** Nothing: the identity signs in by itself. */
  public static Accepts nothing() {
    return NOTHING;
  }

  /** A provider or an identity of any kind, or nothing at all. */
  public static Accepts anything() {
    return new Accepts(true, List.of(), true, false);
  }

  /**
   * A provider, which must be present.
   *
   * @param grants the provider has to give a grant of one of these types, such as {@link
   *     dev.atmos.plugin.auth.Token#WEB_IDENTITY}; none for any type
   */
  public static Accepts provider(String... grants) {
    return new Accepts(true, List.of(grants), false, true);
  }

  /** An identity, which must be present. */
  public static Accepts identity() {
    return new Accepts(false, List.of(), true, true);
  }

  /** Accepts an identity instead of the provider as well. */
  public Accepts orIdentity() {
    return new Accepts(providers, grants, true, required);
  }

  /** Whether it may be a provider. */
  public boolean takesProviders() {
    return providers;
  }

  /** The types of grants of which the provider has to give one; empty for any type. */
  public List<String> grants() {
    return grants;
  }

  /** Whether it may be an identity. */
  public boolean takesIdentities() {
    return identities;
  }

  /** Whether {@code via} must be present. */
  public boolean isRequired() {
    return required;
  }
}
