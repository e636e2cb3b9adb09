package dev.atmos.auth.logout;

/** Whom a logout is about. */
public sealed interface LogoutScope {

  /** One identity. A sign-in that it shares with others stays. */
  record OfIdentity(String identity) implements LogoutScope {}

  /** A provider: its sign-in, and all identities that go through it. */
  record OfProvider(String provider) implements LogoutScope {}

  /** Everything, also what no configuration refers to any more. */
  record All() implements LogoutScope {}
}
