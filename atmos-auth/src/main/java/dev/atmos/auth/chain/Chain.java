package dev.atmos.auth.chain;

import dev.atmos.auth.store.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to an identity's credentials: first where somebody signs in, or the identity that needs
 * nobody to; last the identity that is meant, or the provider where that is all. On the token path.
 */
final class Chain {
  private final @Nullable String realm;
  private final List<Link> links;
  private final @Nullable Fingerprint[] fingerprints;

  /**
   * @param realm what keeps its credentials apart from those of others; null for none
   * @param links at least one
   */
  Chain(@Nullable String realm, List<Link> links) {
    this.realm = realm;
    this.links = links;
    this.fingerprints = new Fingerprint[links.size()];
  }

  int size() {
    return links.size();
  }

  Link link(int index) {
    return links.get(index);
  }

  int last() {
    return links.size() - 1;
  }

  /** The provider's name; null where nobody signs in to one. */
  @Nullable String provider() {
    return links.get(0).provider() == null ? null : links.get(0).name();
  }

  /** What the grants of a link are made from; null where nobody can tell. */
  @Nullable Fingerprint fingerprint(int index) {
    Fingerprint known = fingerprints[index];
    if (known != null) {
      return known;
    }
    List<Fingerprint.Step> steps = new ArrayList<>(index + 1);
    for (int i = 0; i <= index; i++) {
      Fingerprint.Step step = links.get(i).fingerprintStep();
      if (step == null) {
        return null;
      }
      steps.add(step);
    }
    Fingerprint made = Fingerprint.of(realm, steps);
    fingerprints[index] = made;
    return made;
  }

  /** Under which fingerprint the grants of a link are kept; null if they aren't. */
  @Nullable Fingerprint keptUnder(int index) {
    return links.get(index).step().isCacheable() ? fingerprint(index) : null;
  }

  /** The region of the nearest link up to this one that names one. */
  Optional<String> region(int index) {
    for (int i = index; i >= 0; i--) {
      Optional<String> region = links.get(i).step().region();
      if (region.isPresent() && !region.get().isEmpty()) {
        return region;
      }
    }
    return Optional.empty();
  }
}
