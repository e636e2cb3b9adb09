package dev.atmos.auth.logout;

import dev.atmos.services.audit.AuditEvent;
import java.util.List;

/** What a logout is about. */
public sealed interface LogoutScope {

  /** What is written down about it. */
  default AuditEvent event() {
    AuditEvent event = AuditEvent.of("logout");
    return switch (this) {
      case OfIdentity one -> event.with("identity", one.identity());
      case OfProvider of -> event.with("provider", of.provider());
      default -> event;
    };
  }

  /** One identity. A sign-in that it shares with others stays. */
  record OfIdentity(String identity) implements LogoutScope {}

  /** A provider: its sign-in, and all identities that go through it. */
  record OfProvider(String provider) implements LogoutScope {}

  /** Some identities and providers, as if each was signed out of by itself. */
  record OfTags(List<String> identities, List<String> providers) implements LogoutScope {}

  /** The long-lived key that is stored for an identity, and all that was made with it. */
  record OfKey(String identity) implements LogoutScope {}

  /** Everything, also what no configuration refers to any more. */
  record All() implements LogoutScope {}
}
