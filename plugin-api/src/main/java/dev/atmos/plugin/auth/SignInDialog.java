package dev.atmos.plugin.auth;

import dev.atmos.plugin.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person who signs in, as a step of the way to credentials can talk to them. */
public interface SignInDialog {

  /**
   * Shows a page that somebody has to visit, opens it where there is a browser, and shows that it
   * is waited for.
   *
   * @return to be closed when the waiting is over, however it has ended
   */
  Waiting visit(Page page);

  /**
   * Asks for something that isn't shown while it is typed, such as the code of an MFA device; empty
   * at the end of the input.
   *
   * @param question without a colon: {@code MFA code of arn:aws:iam::111111111111:mfa/me}
   * @throws dev.atmos.plugin.AtmosException with {@link dev.atmos.plugin.ExitCode#SIGN_IN_REQUIRED}
   *     if nobody can answer, naming what to do
   */
  Optional<Secret> askSecret(String question);

  /**
   * A page that somebody has to visit.
   *
   * @param provider the name of the provider or identity that is signed in to
   * @param address where it is, for who types it
   * @param completeAddress where it is with the code filled in; null where there is none
   * @param code what has to be typed or compared there; null for nothing
   * @param until when it is too late; null where that isn't known
   */
  record Page(
      String provider,
      String address,
      @Nullable String completeAddress,
      @Nullable String code,
      @Nullable Instant until) {}

  /** That something is waited for. */
  interface Waiting extends AutoCloseable {

    /** It isn't any more. Never fails. */
    @Override
    void close();
  }
}
