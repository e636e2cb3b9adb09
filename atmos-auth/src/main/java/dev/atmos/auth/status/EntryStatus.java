package dev.atmos.auth.status;

import dev.atmos.plugin.kind.Description;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an identity or a provider stands, as far as that is known on this machine.
 *
 * @param name its name
 * @param kind its kind; empty where it can't be read
 * @param provider the provider at the root of an identity's chain; null for none, and for providers
 * @param description account and principal, as far as the configuration says them
 * @param state whether it can be used
 * @param until when the user has to sign in again; when that was, if that is over; null where it
 *     isn't known
 * @param since when the user has signed in; null where that isn't known
 * @param external whether another tool has signed in
 * @param credentialsUntil when the cached credentials of an identity expire or expired; null for
 *     none
 * @param note why it can't be used, where there is more to say than the state
 */
public record EntryStatus(
    String name,
    String kind,
    @Nullable String provider,
    Description description,
    State state,
    @Nullable Instant until,
    @Nullable Instant since,
    boolean external,
    @Nullable Instant credentialsUntil,
    @Nullable String note) {

  /** Whether something can be used. */
  public enum State {
    /** The user has signed in, until some time. */
    SIGNED_IN("signed_in"),
    /** The user has signed in, and it is renewed without the user. */
    RENEWS("renews"),
    /** It needs no sign-in. */
    NOT_NEEDED("not_needed"),
    /** It has what the environment offers, which isn't looked at. */
    ENVIRONMENT("environment"),
    /** The user has to sign in. */
    SIGNED_OUT("signed_out"),
    /** It can't be used on this machine or in this job. */
    UNAVAILABLE("unavailable"),
    /** It can't be read. */
    UNKNOWN("unknown");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word for programs. */
    String word() {
      return word;
    }
  }

  /** Of something that can't be used, or read. */
  public static EntryStatus without(String name, String kind, State state, @Nullable String note) {
    return new EntryStatus(
        name, kind, null, Description.NONE, state, null, null, false, null, note);
  }

  /** Whether it can be used without a sign-in. */
  boolean isUsable() {
    return state == State.SIGNED_IN || state == State.RENEWS || state == State.NOT_NEEDED;
  }

  /** When its credentials expire; null if it has no live credentials. */
  @Nullable Instant liveCredentialsUntil(Instant now) {
    return credentialsUntil != null && credentialsUntil.isAfter(now) ? credentialsUntil : null;
  }
}
