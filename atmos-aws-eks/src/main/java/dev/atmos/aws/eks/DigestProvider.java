package dev.atmos.aws.eks;

import java.security.Provider;

/**
 * Names the JDK's own SHA-256, and nothing else. Asking the JDK's full list of providers for it
 * makes the JDK set up the names of some 600 algorithms first, which takes longer than the whole of
 * a token; the class that computes is the same one either way.
 */
final class DigestProvider extends Provider {
  private static final long serialVersionUID = 1L;

  DigestProvider() {
    super("AtmosDigest", "1", "The JDK's SHA-256");
    putService(
        new Service(
            this, "MessageDigest", "SHA-256", "sun.security.provider.SHA2$SHA256", null, null));
  }
}
