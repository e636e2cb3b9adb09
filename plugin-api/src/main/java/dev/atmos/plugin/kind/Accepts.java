package dev.atmos.plugin.kind;

import java.util.List;

/** What may stand in the {@code via} of an identity. Immutable. */
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

  /** Nothing: the identity needs no sign-in but its own. */
  public static Accepts nothing() {
    return NOTHING;
  }

  /** A provider or an identity of any kind, or nothing. */
  public static Accepts anything() {
    return new Accepts(true, List.of(), true, false);
  }

  /**
   * A provider, which must be there.
   *
   * @param grants the types of grants of which it has to give one, such as {@link
   *     dev.atmos.plugin.auth.Token#WEB_IDENTITY}; none for any
   */
  public static Accepts provider(String... grants) {
    return new Accepts(true, List.of(grants), false, true);
  }

  /** An identity, which must be there. */
  public static Accepts identity() {
    return new Accepts(false, List.of(), true, true);
  }

  /** An identity as well. */
  public Accepts orIdentity() {
    return new Accepts(providers, grants, true, required);
  }

  /** Whether a provider may stand there. */
  public boolean takesProviders() {
    return providers;
  }

  /** The types of grants of which a provider has to give one; empty for any. */
  public List<String> grants() {
    return grants;
  }

  /** Whether an identity may stand there. */
  public boolean takesIdentities() {
    return identities;
  }

  /** Whether something has to stand there. */
  public boolean isRequired() {
    return required;
  }
}
