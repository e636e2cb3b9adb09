package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.Via;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code via} and where it leads.
 *
 * @param via the link as it is written
 * @param state whether it can be used
 * @param target whom it means; null where that is nobody, or can't be told
 */
record Link(Via via, State state, @Nullable Definition target) {

  /** Whether a link can be used, and if not, why. */
  enum State {
    /** It leads somewhere. */
    SOUND,
    /** Nobody has that name. */
    MISSING,
    /** Several have that name. */
    AMBIGUOUS,
    /** It leads back to where it starts. */
    CIRCULAR,
    /** It leads to somebody whom the kind can't go through. */
    REFUSED;

    /** The word for it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the name at its end is to be a name of. */
  Part part() {
    return via instanceof Via.OfProvider ? Part.PROVIDERS : Part.IDENTITIES;
  }

  /** Whether what starts here is to be shown below what it leads to. */
  boolean leads() {
    return state == State.SOUND || state == State.REFUSED;
  }
}
