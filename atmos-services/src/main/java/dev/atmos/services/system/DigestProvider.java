package dev.atmos.services.system;

import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Names the JDK's own SHA-256, and nothing else. Asking the JDK's full list of providers for it
 * makes the JDK set up the names of some 600 algorithms first, which takes longer than the whole of
 * a token; the class that computes is the same one either way.
 */
final class DigestProvider extends Provider {
  private static final long serialVersionUID = 1L;

  private final transient Service sha256;

  DigestProvider() {
    super("AtmosDigest", "1", "The JDK's SHA-256");
    sha256 =
        new Service(
            this, "MessageDigest", "SHA-256", "sun.security.provider.SHA2$SHA256", null, null);
  }

  /** The inherited one loads events of the flight recorder, which no start-up cache holds. */
  @Override
  public @Nullable Service getService(String type, String algorithm) {
    return type.equals(sha256.getType()) && algorithm.equals(sha256.getAlgorithm()) ? sha256 : null;
  }
}
