package dev.atmos.plugin.auth;

import dev.atmos.plugin.base.ImplementedByHost;
import dev.atmos.plugin.base.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user who signs in. Valid during the call of {@link ChainStep#grant} whose request gave
 * it, and for use by that call's thread.
 */
@ImplementedByHost
public interface SignInDialog {

  /**
   * Shows a page that the user has to visit, opens it where there is a browser, and shows that
   * atmos is waiting for the user.
   *
   * @return to be closed when the waiting is over, whether it succeeded or failed
   */
  Waiting visit(Page page);

  /**
   * Whether pages open in a browser on this machine, which can reach a server on 127.0.0.1. False
   * if atmos runs in an SSH session, in a container or on a build machine, and if the user wants to
   * open pages without its help.
   *
   * @throws dev.atmos.plugin.base.AtmosException as {@link #withBrowser} says
   */
  default boolean hasLocalBrowser() {
    return false;
  }

  /** Whether the user prefers a code, which works in a browser on any machine. */
  default boolean prefersDeviceCode() {
    return false;
  }

  /**
   * The same dialog with the browser that the configuration names. Users choose another one by a
   * variable.
   *
   * @param command gives a command, or {@code none}; it is only called if a browser has to be
   *     opened, and its failures are those of the methods that open one
   */
  default SignInDialog withBrowser(Supplier<Optional<String>> command) {
    return this;
  }

  /**
   * Asks for a text that isn't shown while the user types it, such as the code of an MFA device;
   * empty at the end of the input.
   *
   * @param question without a colon: {@code MFA code of arn:aws:iam::111111111111:mfa/me}
   * @throws dev.atmos.plugin.base.AtmosException with {@link
   *     dev.atmos.plugin.base.ExitCode#SIGN_IN_REQUIRED} if the user can't answer; the message
   *     names the command that leads on
   */
  Optional<Secret> askSecret(String question);

  /** A page that the user has to visit. Immutable. */
  final class Page {
    private final String provider;
    private final String address;
    private final @Nullable String completeAddress;
    private final @Nullable String code;
    private final @Nullable Instant until;
    private final boolean local;

    private Page(
        String provider,
        String address,
        @Nullable String completeAddress,
        @Nullable String code,
        @Nullable Instant until,
        boolean local) {
      this.provider = provider;
      this.address = address;
      this.completeAddress = completeAddress;
      this.code = code;
      this.until = until;
      this.local = local;
    }

    /**
     * A page.
     *
     * @param provider the name of the provider or identity that the user signs in to
     * @param address the address, for users who type it
     */
    public static Page of(String provider, String address) {
      return new Page(provider, address, null, null, null, false);
    }

    /** With the address that has the code filled in; null for none. */
    public Page withCompleteAddress(@Nullable String url) {
      return new Page(provider, address, url, code, until, local);
    }

    /** With the code that the user types or compares there; null for none. */
    public Page withCode(@Nullable String text) {
      return new Page(provider, address, completeAddress, text, until, local);
    }

    /** With the time when the page stops working; null if it isn't known. */
    public Page withExpiry(@Nullable Instant time) {
      return new Page(provider, address, completeAddress, code, time, local);
    }

    /**
     * As a page that leads the browser to a server on 127.0.0.1 in the end, and so works only in a
     * browser on this machine. The user may ask for a device code instead.
     */
    public Page onThisMachine() {
      return new Page(provider, address, completeAddress, code, until, true);
    }

    /** The name of the provider or identity that the user signs in to. */
    public String provider() {
      return provider;
    }

    /** The address, for users who type it. */
    public String address() {
      return address;
    }

    /** The address that has the code filled in; null for none. */
    public @Nullable String completeAddress() {
      return completeAddress;
    }

    /** The code that the user types or compares there; null for none. */
    public @Nullable String code() {
      return code;
    }

    /** When the page stops working; null if it isn't known. */
    public @Nullable Instant until() {
      return until;
    }

    /** Whether the page works only in a browser on this machine. */
    public boolean isOnThisMachine() {
      return local;
    }
  }

  /** Shows that atmos is waiting, until it is closed. */
  interface Waiting extends AutoCloseable {

    /**
     * Whether the user has asked for a device code since a page {@linkplain Page#onThisMachine on
     * this machine} was shown. Returns at once.
     */
    default boolean wantsDeviceCode() {
      return false;
    }

    /** Ends the waiting. Never fails. */
    @Override
    void close();
  }
}
