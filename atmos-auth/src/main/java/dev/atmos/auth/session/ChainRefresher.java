package dev.atmos.auth.session;

import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renews the grants of a chain as far as needed. A cached grant is used while it is valid for
 * {@link #MARGIN_SECONDS}. Otherwise, under a lock that all processes respect, the cache is read
 * again, since another process may have renewed it; then the step makes a grant from that of the
 * step before, which is cached and used. A grant that is refused is dropped, and the step repeated
 * once.
 *
 * <p>A link takes its lock before those of the links before it, so that two processes never wait
 * for each other. No lock but that of the sign-in is held while the user is waited for.
 */
final class ChainRefresher {

  /** How long a cached grant must still be valid, so that its user has time to use it. */
  static final int MARGIN_SECONDS = 5 * 60;

  /** How long a cached grant must still be valid where it can't be renewed. */
  private static final int LEAST_SECONDS = 60;

  /** How long to wait for another process that renews a grant, and gets no answer from AWS. */
  private static final int PATIENCE_SECONDS = 30;

  /** How long to wait for another process in which the user signs in, device code and all. */
  private static final int SIGN_IN_PATIENCE_MINUTES = 15;

  /** How long all links together may take without the user. */
  static final int SILENT_SECONDS = 60;

  private static final int ATTENDED_SECONDS = 5 * 60;

  final Services context;
  final GrantCache cache;
  final Chain chain;
  private final @Nullable SignInDialog dialog;
  private final Set<Integer> held = new HashSet<>();
  private final Set<Integer> asked = new HashSet<>();
  private final Map<Integer, Grant> made = new HashMap<>();
  private final List<Grant> refused = new ArrayList<>();
  private boolean fromScratch;
  private boolean judged;

  /** When the first step began; waiting for another process isn't counted. */
  private @Nullable Duration started;

  /**
   * @param dialog asks the user to sign in where that is needed; null if it must not
   */
  ChainRefresher(Services context, GrantCache cache, Chain chain, @Nullable SignInDialog dialog) {
    this.context = context;
    this.cache = cache;
    this.chain = chain;
    this.dialog = dialog;
  }

  /** Whether the user was asked to sign in. */
  boolean hasAsked() {
    return !asked.isEmpty();
  }

  /** The new grant of a link; null if it made none. */
  @Nullable Grant made(int link) {
    return made.get(link);
  }

  /**
   * The grant of the last link, without asking the user.
   *
   * @throws SignInRequiredException if the user has to sign in
   */
  Grant silent() {
    return grant(chain.last());
  }

  /** The grant of the last link; asks the user where that is needed. */
  Grant attended(boolean force) {
    if (force) {
      fromScratch = true;
      ask(0, true);
    }
    while (true) {
      try {
        return grant(chain.last());
      } catch (SignInRequiredException e) {
        if (!asked.add(e.link())) {
          // The user has just signed in to it, to no effect.
          throw ChainFailures.unusable(chain.link(e.link()), e);
        }
        ask(e.link(), e.refused());
      }
    }
  }

  private Grant grant(int index) {
    Grant fresh = made.get(index);
    if (fresh != null && isUsable(fresh, MARGIN_SECONDS)) {
      return fresh;
    }
    Grant cached = cached(index);
    if (cached != null && isUsable(cached, MARGIN_SECONDS)) {
      return cached;
    }
    Grant external = external(index);
    if (external != null && isUsable(external, MARGIN_SECONDS)) {
      return external;
    }
    try {
      return exclusively(index, () -> renew(index));
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE
          && cached != null
          && isUsable(cached, LEAST_SECONDS)) {
        context.console().debug(e.sentence());
        return cached;
      }
      throw e;
    } catch (SignInRequiredException e) {
      if (dialog == null && cached != null && isUsable(cached, LEAST_SECONDS)) {
        return cached;
      }
      throw e;
    }
  }

  private Grant renew(int index) {
    Grant cached = cached(index);
    if (cached != null && isUsable(cached, MARGIN_SECONDS)) {
      return cached;
    }
    Grant grant = make(index);
    made.put(index, grant);
    cache.put(chain, index, grant);
    return grant;
  }

  private Grant make(int index) {
    Grant input = index == 0 ? null : input(index);
    try {
      return step(index, input, null);
    } catch (GrantRefusedException e) {
      if (input == null) {
        throw refusal(e);
      }
      Grant other = inPlaceOf(input, index - 1, e);
      try {
        return step(index, other, null);
      } catch (GrantRefusedException twice) {
        drop(index - 1, other);
        throw new SignInRequiredException(index - 1, true, true, twice.sentence(), twice);
      }
    }
  }

  /** What a link starts from: what the link before makes its grants from, or else its grant. */
  private Grant input(int index) {
    try (LinkRequest request = request(index - 1, null, null)) {
      Optional<Grant> source =
          chain.link(index - 1).step().source(request, chain.link(index).step());
      return source.isPresent() ? source.get() : grant(index - 1);
    }
  }

  /** The grant of a link in place of a refused one. */
  private Grant inPlaceOf(Grant input, int index, GrantRefusedException why) {
    drop(index, input);
    Grant other;
    try {
      other = grant(index);
    } catch (SignInRequiredException e) {
      throw new SignInRequiredException(e.link(), e.refused(), e.asks(), why.sentence(), why);
    }
    if (other.equals(input)) {
      // Keys of the configuration or of the environment, which have no substitute.
      throw ChainFailures.refused(chain.link(index), why);
    }
    return other;
  }

  private void drop(int index, Grant grant) {
    refused.add(grant);
    cache.drop(chain, index, grant);
  }

  private static AtmosException refusal(GrantRefusedException e) {
    return new AtmosException(ExitCode.DENIED, e.sentence(), null, e);
  }

  /** The grant that a step has made, if it is still valid. */
  private Grant live(int index, Grant grant) {
    Instant expiresAt = grant.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(context.clock().instant())) {
      throw ChainFailures.expired(chain.link(index), expiresAt);
    }
    return grant;
  }

  private Grant step(int index, @Nullable Grant input, @Nullable SignInDialog person) {
    ChainLink link = chain.link(index);
    requireUsable(index);
    requireTrust();
    if (index > 0 || person != null || cache.state(chain, index) != null) {
      // A step that can only say that the user has to sign in says so without a schema.
      DefinitionCheck.require(link.part(), link.type(), link.definition());
    }
    LinkRequest request = request(index, input, person);
    try (request) {
      Grant grant = link.step().grant(request);
      context.locks().progress();
      return live(index, grant);
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED && person == null) {
        if (dialog == null && cache.unread() != null) {
          throw cache.unread();
        }
        boolean asks = request.wantsUser() || !link.step().isAmbient();
        throw new SignInRequiredException(index, false, asks, e.sentence(), e);
      }
      throw DefinitionCheck.explained(link, e);
    }
  }

  LinkRequest request(int index, @Nullable Grant input, @Nullable SignInDialog person) {
    return new LinkRequest(this, index, input, person);
  }

  /** A step must not run, send or ask anything if a later one is refused. */
  private void requireTrust() {
    // A step on its own that asks no person begins with what could be refused.
    if (!judged && (chain.size() > 1 || dialog != null)) {
      for (int i = 0; i < chain.size(); i++) {
        DefinitionCheck.requireTrust(chain.link(i), context.trust());
      }
    }
    judged = true;
  }

  /** Checks a link by its kind: that it works here, and with the link before it. */
  private void requireUsable(int index) {
    ChainLink link = chain.link(index);
    Optional<String> reason = link.type().unavailable(context);
    if (reason.isPresent()) {
      throw ChainFailures.unavailable(link, reason.get());
    }
    if (link.type() instanceof IdentityType type && !chain.isAccepted(index, type.accepts())) {
      throw ChainFailures.broken(context, chain.target().name());
    }
  }

  /** Asks the user to sign in to a link, in one process at a time. */
  private void ask(int index, boolean always) {
    asked.add(index);
    Path lock = cache.lock(chain, index);
    if (lock == null) {
      signIn(index, always);
      return;
    }
    String purpose = "the sign-in of " + chain.link(index).shown();
    Path file = lock.resolveSibling("sign-in_" + lock.getFileName());
    boolean[] begun = {false};
    Supplier<Boolean> action =
        () -> {
          begun[0] = true;
          signIn(index, always);
          return true;
        };
    try {
      context.locks().exclusively(file, purpose, Duration.ofMillis(500), action);
    } catch (AtmosException e) {
      if (begun[0] || e.exitCode() != ExitCode.UNAVAILABLE) {
        throw e;
      }
      context.console().say("Waiting for " + purpose + ", which another process has begun");
      context
          .locks()
          .exclusively(file, purpose, Duration.ofMinutes(SIGN_IN_PATIENCE_MINUTES), action);
    }
  }

  private void signIn(int index, boolean always) {
    if (!always && isThereNow(index)) {
      // The user has meanwhile signed in, in another process.
      return;
    }
    Grant input = index == 0 ? null : input(index);
    Grant grant;
    try {
      grant = step(index, input, dialog);
    } catch (GrantRefusedException e) {
      throw refusal(e);
    }
    made.put(index, grant);
    exclusively(index, () -> cache.put(chain, index, grant));
  }

  /** Whether a link has a grant without asking the user. */
  private boolean isThereNow(int index) {
    try {
      grant(index);
      return true;
    } catch (SignInRequiredException e) {
      return false;
    }
  }

  private @Nullable Grant cached(int index) {
    return fromScratch && !made.containsKey(index) ? null : cache.grant(chain, index);
  }

  private @Nullable Grant external(int index) {
    Provider provider = chain.link(index).provider();
    return provider == null || fromScratch ? null : provider.externalGrant().orElse(null);
  }

  private boolean isUsable(Grant grant, int seconds) {
    Instant expiresAt = grant.expiresAt();
    return !refused.contains(grant)
        && (expiresAt == null || expiresAt.isAfter(context.clock().instant().plusSeconds(seconds)));
  }

  /** Runs an action under a link's lock. */
  void exclusively(int index, Runnable action) {
    exclusively(
        index,
        () -> {
          action.run();
          return true;
        });
  }

  private <T> T exclusively(int index, Supplier<T> action) {
    Path lock = cache.lock(chain, index);
    if (lock == null || held.contains(index)) {
      return action.get();
    }
    boolean[] begun = {false};
    try {
      return context
          .locks()
          .exclusively(
              lock,
              "the renewal of " + chain.link(index).shown(),
              Duration.ofSeconds(PATIENCE_SECONDS),
              () -> {
                begun[0] = true;
                held.add(index);
                try {
                  return action.get();
                } finally {
                  held.remove(index);
                }
              });
    } catch (AtmosException e) {
      if (begun[0] || !(e.getCause() instanceof IOException) || hasToKeep(index)) {
        throw e;
      }
      // As without a home.
      context.console().debug(e.sentence());
      cache.keepNothing();
      return action.get();
    }
  }

  /** Whether a sign-in would be lost if nothing could be written: a new one, or its renewal. */
  private boolean hasToKeep(int index) {
    return hasAsked() || (chain.link(index).isProvider() && cache.state(chain, index) != null);
  }

  /** How long the chain may still take. */
  Duration timeLeft() {
    Duration now = context.sleeper().uptime();
    Duration since = started == null ? now : started;
    started = since;
    int seconds = dialog == null ? SILENT_SECONDS : ATTENDED_SECONDS;
    Duration limit = Duration.ofSeconds((long) seconds * context.sleeper().slowness());
    Duration left = limit.minus(now.minus(since));
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }
}
