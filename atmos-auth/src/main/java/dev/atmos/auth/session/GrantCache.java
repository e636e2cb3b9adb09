package dev.atmos.auth.session;

import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.ProfileNames;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInRecords;
import dev.atmos.auth.store.SignInState;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grants of the links of a chain that are cached: credentials of identities in files, grants of
 * providers and the saved state of both in the store of sign-ins. Grants of a plugin's own type are
 * not cached.
 */
final class GrantCache {
  private final Services context;
  private final RoleCredentialFiles roles;
  private final SignInState signIns;
  private final Map<Integer, Instant> signedInAt = new HashMap<>();
  private boolean keeps = true;
  private @Nullable AtmosException unread;

  GrantCache(Services context, RoleCredentialFiles roles, SignInState signIns) {
    this.context = context;
    this.roles = roles;
    this.signIns = signIns;
  }

  /** Why the operating system didn't let a sign-in be read, which may be there; null if it did. */
  @Nullable AtmosException unread() {
    return unread;
  }

  /** Writes nothing from now on; what is cached is still read. */
  void keepNothing() {
    keeps = false;
  }

  /** The cached grant of a link, be it still valid or not; null for none. */
  @Nullable Grant grant(Chain chain, int index) {
    Fingerprint fingerprint = chain.cachedUnder(index);
    if (fingerprint == null) {
      return null;
    }
    return chain.link(index).isProvider() ? envelope(chain, index).grant() : role(fingerprint);
  }

  private @Nullable AwsCredentials role(Fingerprint fingerprint) {
    try {
      return roles.read(fingerprint).orElse(null);
    } catch (AtmosException e) {
      // Corrupt; the next credentials replace it.
      context.console().debug(e.sentence());
      return null;
    }
  }

  /** From now on, what is cached of a link is of a sign-in of this moment. */
  void signsIn(int index) {
    signedInAt.put(index, context.clock().instant());
  }

  /** How long the sign-in of a link lasts. */
  SignInRecords.Times times(Chain chain, int index) {
    CredentialKey key = chain.key(index);
    if (key == null) {
      return SignInRecords.Times.NONE;
    }
    SignInRecords.Times recorded = signIns.times(key);
    if (recorded.until() == null && !recorded.renews()) {
      return times(chain.link(index), envelope(chain, index), recorded.since());
    }
    // Only whether it can be read: taking it apart costs a cold process more than all the rest.
    return text(key) == null ? SignInRecords.Times.NONE : recorded;
  }

  private static SignInRecords.Times times(
      ChainLink link, StoredGrant envelope, @Nullable Instant since) {
    Grant grant = envelope.grant();
    Instant expiresAt = grant == null ? null : grant.expiresAt();
    Secret state = envelope.state();
    return new SignInRecords.Times(
        grant != null && expiresAt == null ? Instant.MAX : expiresAt,
        since,
        state != null && !link.step().needsUser(Optional.of(state)));
  }

  /** The state of a link; null for none. */
  @Nullable Secret state(Chain chain, int index) {
    return envelope(chain, index).state();
  }

  /** Caches the new grant of a link; where new credentials are audited, they are first. */
  void put(Chain chain, int index, Grant grant) {
    if (grant instanceof AwsCredentials credentials) {
      ChainLink link = chain.link(index);
      AuditEvent event =
          AuditEvent.of("credentials")
              .withIdentity(
                  link.name().isEmpty() ? null : link.name(), link.describe(), credentials);
      context.audit().ifPresent(audit -> audit.record(event));
    }
    Fingerprint fingerprint = chain.cachedUnder(index);
    if (fingerprint == null || !keeps) {
      return;
    }
    if (chain.link(index).isProvider()) {
      write(chain, index, new StoredGrant(grant, state(chain, index)));
    } else if (grant instanceof AwsCredentials credentials
        && credentials.sessionToken() != null
        && credentials.expiresAt() != null) {
      roles.write(
          fingerprint,
          chain.link(index).name().isEmpty()
              ? "environment"
              : ProfileNames.of(chain.link(index).name()),
          credentials,
          chain.region(index).orElse(null));
    }
  }

  /** Saves the state of a link. */
  void putState(Chain chain, int index, @Nullable Secret state) {
    StoredGrant before = envelope(chain, index);
    write(chain, index, new StoredGrant(before.grant(), state));
  }

  /** Takes the space for the next state of a link; 0 bytes give it back. */
  void reserveState(Chain chain, int index, int bytes) {
    CredentialKey key = chain.key(index);
    if (key != null) {
      signIns.reserve(key, bytes);
    }
  }

  /** Removes a grant, unless another one has been cached since; the state stays. */
  void drop(Chain chain, int index, Grant grant) {
    Fingerprint fingerprint = chain.cachedUnder(index);
    if (fingerprint == null || !keeps || !grant.equals(grant(chain, index))) {
      return;
    }
    if (chain.link(index).isProvider()) {
      write(chain, index, new StoredGrant(null, state(chain, index)));
    } else {
      roles.delete(fingerprint);
    }
  }

  /** The file that is locked while a grant of a link is renewed; null where nothing is cached. */
  @Nullable Path lock(Chain chain, int index) {
    CredentialKey key = chain.key(index);
    return key == null ? null : signIns.lock(key).orElse(null);
  }

  private StoredGrant envelope(Chain chain, int index) {
    CredentialKey key = chain.key(index);
    if (key == null) {
      return StoredGrant.EMPTY;
    }
    Secret text = text(key);
    StoredGrant envelope = text == null ? StoredGrant.EMPTY : StoredGrant.of(text);
    if (envelope != null) {
      return envelope;
    }
    context.console().debug("the stored sign-in of " + chain.link(index).name() + " can't be read");
    return StoredGrant.EMPTY;
  }

  private @Nullable Secret text(CredentialKey key) {
    try {
      return signIns.read(key).orElse(null);
    } catch (AtmosException e) {
      if (e.exitCode() != ExitCode.FAILED) {
        // It may be whole, so it must not be replaced.
        throw e;
      }
      context.console().debug(e.sentence());
      unread = e.getCause() instanceof IOException ? e : unread;
      return null;
    }
  }

  private void write(Chain chain, int index, StoredGrant envelope) {
    CredentialKey key = chain.key(index);
    if (key != null && keeps) {
      Instant now = signedInAt.get(index);
      Instant since = now == null ? signIns.times(key).since() : now;
      signIns.write(key, envelope.text(), times(chain.link(index), envelope, since));
    }
  }
}
