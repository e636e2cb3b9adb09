package dev.atmos.auth.session;

import dev.atmos.auth.status.EntryStatus;
import dev.atmos.auth.status.EntryStatus.State;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInRecords;
import dev.atmos.auth.store.SignInRecords.Times;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how identities and providers stand: by what their kinds say, what is cached, and the
 * records of sign-ins. The clock of this machine counts, as other programs compare with that.
 */
public final class StatusReader {
  private final Services services;
  private final RoleCredentialFiles roles;
  private final @Nullable GrantCache cache;
  private final @Nullable SignInRecords records;
  private final boolean makesValues;
  private final Instant now;

  /** What is known already: many identities share a sign-in. */
  private final Map<String, Times> read = new HashMap<>();

  /**
   * @param cache asks the stores; null to read records alone
   * @param makesValues whether the values of tags are made; else a chain that has one is unknown
   */
  StatusReader(
      Services services,
      RoleCredentialFiles roles,
      @Nullable GrantCache cache,
      boolean makesValues) {
    this.services = services;
    this.roles = roles;
    this.cache = cache;
    this.makesValues = makesValues;
    this.records = SignInRecords.of(services);
    this.now = services.localClock().instant();
  }

  /** How an identity stands, by its name as the configuration spells it. */
  public EntryStatus identity(String name) {
    try {
      return status(reader().identity(name));
    } catch (RuntimeException e) {
      // A step of a definition that is wrong may fail in any way.
      return unreadable(name, e);
    }
  }

  /** How a provider stands, by its name as the configuration spells it. */
  public EntryStatus provider(String name) {
    try {
      return status(reader().provider(name));
    } catch (RuntimeException e) {
      // A step of a definition that is wrong may fail in any way.
      return unreadable(name, e);
    }
  }

  private ChainReader reader() {
    return new ChainReader(services, makesValues);
  }

  private static EntryStatus unreadable(String name, RuntimeException e) {
    String why = e instanceof AtmosException failure ? failure.sentence() : "it can't be read";
    return EntryStatus.without(name, "", State.UNKNOWN, why);
  }

  private EntryStatus status(Chain chain) {
    ChainLink target = chain.target();
    for (int i = 0; i < chain.size(); i++) {
      Optional<String> reason = chain.link(i).type().unavailable(services);
      if (reason.isPresent()) {
        return EntryStatus.without(target.name(), target.kind(), State.UNAVAILABLE, reason.get());
      }
    }
    Instant credentialsUntil = target.isProvider() ? null : roleUntil(chain, chain.last());
    State state = chain.startsFromEnvironment() ? State.ENVIRONMENT : State.NOT_NEEDED;
    Instant until = null;
    Instant since = null;
    boolean external = false;
    // The last link that needs the user decides until when all of them do without.
    for (int i = chain.last(); i >= 0; i--) {
      Times times = times(chain, i);
      if (times.renews()) {
        state = State.RENEWS;
        since = times.since();
      } else if (needsUser(chain.link(i))) {
        Instant grant = chain.link(i).isProvider() ? times.until() : roleUntil(chain, i);
        Instant other = isLive(grant) ? null : externalUntil(chain.link(i).provider());
        external = other != null;
        until = external ? other : grant;
        if (!isLive(until) && isLive(credentialsUntil)) {
          until = credentialsUntil;
        }
        since = times.since();
        state = isLive(until) ? State.SIGNED_IN : State.SIGNED_OUT;
        break;
      }
    }
    return new EntryStatus(
        target.name(),
        target.kind(),
        target.isProvider() ? null : chain.provider(),
        target.describe(),
        state,
        until,
        since,
        external,
        credentialsUntil,
        null);
  }

  private Times times(Chain chain, int index) {
    CredentialKey key = records == null ? null : chain.key(index);
    if (records == null || key == null) {
      return Times.NONE;
    }
    Times known = read.get(key.fileName());
    if (known == null) {
      known = cache == null ? records.times(key) : cache.times(chain, index);
      read.put(key.fileName(), known);
    }
    return known;
  }

  /** As far as nothing that is saved helps. */
  private static boolean needsUser(ChainLink link) {
    return link.step().needsUser(Optional.empty());
  }

  private @Nullable Instant roleUntil(Chain chain, int index) {
    Fingerprint fingerprint = chain.cachedUnder(index);
    return fingerprint == null ? null : roles.expiration(fingerprint);
  }

  private @Nullable Instant externalUntil(@Nullable Provider provider) {
    Optional<Grant> grant = provider == null ? Optional.empty() : provider.externalGrant();
    if (grant.isEmpty()) {
      return null;
    }
    Instant expiresAt = grant.get().expiresAt();
    return expiresAt == null ? Instant.MAX : expiresAt;
  }

  private boolean isLive(@Nullable Instant until) {
    return until != null && until.isAfter(now);
  }
}
