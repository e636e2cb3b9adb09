package dev.atmos.services.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an identity can be used without a sign-in, as {@code atmos auth status} has it.
 *
 * @param state {@code signed_in}, {@code renews}, {@code not_needed}, {@code environment}, {@code
 *     signed_out}, {@code unavailable} or {@code unknown}
 * @param words the same for people, with the time that is left
 * @param until when the user has to sign in again, or the credentials expire; null where that isn't
 *     known
 * @param command what to type to be signed in; null where nothing has to be done
 */
public record IdentityStanding(
    String state, String words, @Nullable Instant until, @Nullable String command) {

  /** Service that finds it out. */
  @FunctionalInterface
  public interface Source {

    /**
     * Finds it out from the files of this machine. Uses no network, and asks neither the user nor a
     * keyring.
     *
     * @param identity the identity's name, spelled as in the configuration; null for what the
     *     environment offers
     */
    IdentityStanding of(@Nullable String identity);
  }
}
