package dev.atmos.auth.chain;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.Provider;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of a chain, under the name that the configuration has for it. On the token path. */
final class Link {
  private static final String PROVIDER = "provider ";
  private static final String IDENTITY = "identity ";

  private final String name;
  private final String kind;
  private final ChainStep step;

  Link(String name, String kind, ChainStep step) {
    this.name = name;
    this.kind = kind;
    this.step = step;
  }

  String name() {
    return name;
  }

  ChainStep step() {
    return step;
  }

  /** The provider that it is; null for an identity. */
  @Nullable Provider provider() {
    return step instanceof Provider provider ? provider : null;
  }

  Identity identity() {
    if (step instanceof Identity identity) {
      return identity;
    }
    throw new IllegalStateException("no identity: " + name);
  }

  /** What it adds to the fingerprint of its chain; null where nobody can tell. */
  Fingerprint.@Nullable Step fingerprintStep() {
    Optional<Map<String, String>> fields = step.cacheKey();
    if (fields.isEmpty()) {
      return null;
    }
    // A provider and an identity may have the same kind.
    return new Fingerprint.Step(
        (step instanceof Provider ? PROVIDER : IDENTITY) + kind, fields.get());
  }
}
