package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person who signs in, as a step of the way to credentials can talk to them. */
@ImplementedByHost
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
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if nobody can answer, naming what to do
   */
  Optional<Secret> askSecret(String question);

  /** A page that somebody has to visit. */
  final class Page {
    private final String provider;
    private final String address;
    private final @Nullable String completeAddress;
    private final @Nullable String code;
    private final @Nullable Instant until;

    private Page(
        String provider,
        String address,
        @Nullable String completeAddress,
        @Nullable String code,
        @Nullable Instant until) {
      this.provider = provider;
      this.address = address;
      this.completeAddress = completeAddress;
      this.code = code;
      this.until = until;
    }

    /**
     * With these parts.
     *
     * @param provider the name of the provider or identity that is signed in to
     * @param address where it is, for who types it
     * @param completeAddress where it is with the code filled in; null where there is none
     * @param code what has to be typed or compared there; null for nothing
     * @param until when it is too late; null where that isn't known
     */
    public static Page of(
        String provider,
        String address,
        @Nullable String completeAddress,
        @Nullable String code,
        @Nullable Instant until) {
      return new Page(provider, address, completeAddress, code, until);
    }

    /** The name of the provider or identity that is signed in to. */
    public String provider() {
      return provider;
    }

    /** Where it is, for who types it. */
    public String address() {
      return address;
    }

    /** Where it is with the code filled in; null where there is none. */
    public @Nullable String completeAddress() {
      return completeAddress;
    }

    /** What has to be typed or compared there; null for nothing. */
    public @Nullable String code() {
      return code;
    }

    /** When it is too late; null where that isn't known. */
    public @Nullable Instant until() {
      return until;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Page that
          && java.util.Objects.equals(provider, that.provider)
          && java.util.Objects.equals(address, that.address)
          && java.util.Objects.equals(completeAddress, that.completeAddress)
          && java.util.Objects.equals(code, that.code)
          && java.util.Objects.equals(until, that.until);
    }

    @Override
    public int hashCode() {
      return java.util.Objects.hash(provider, address, completeAddress, code, until);
    }

    @Override
    public String toString() {
      return "Page["
          + provider
          + ", "
          + address
          + ", "
          + completeAddress
          + ", "
          + code
          + ", "
          + until
          + "]";
    }
  }

  /** That something is waited for. */
  interface Waiting extends AutoCloseable {

    /** It isn't any more. Never fails. */
    @Override
    void close();
  }
}
