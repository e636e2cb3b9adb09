package dev.atmos.auth.command;

import dev.atmos.auth.model.AuthEntry;
import dev.atmos.auth.model.AuthGraph;
import dev.atmos.auth.session.Session;
import dev.atmos.auth.session.Sessions;
import dev.atmos.auth.session.SignInOptions;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs in to several identities. Where no person has to be asked, that is done at the same time;
 * the user is asked once for all identities of a provider.
 */
final class SeveralSignIns {
  private final Sessions sessions;
  private final AuthGraph graph;
  private final SignInOptions options;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<String, AtmosException> failed = new HashMap<>();

  /**
   * What came of one identity: one of the three.
   *
   * @param skipped why it can't be used here at all
   */
  record Result(
      @Nullable Session session, @Nullable String skipped, @Nullable AtmosException failure) {}

  SeveralSignIns(Sessions sessions, AuthGraph graph, SignInOptions options) {
    this.sessions = sessions;
    this.graph = graph;
    this.options = options;
  }

  /** What came of each identity, by its name, in this order. */
  Map<String, Result> results(List<AuthEntry> identities) {
    List<AuthEntry> pending = new ArrayList<>();
    for (AuthEntry identity : identities) {
      Optional<String> reason = sessions.unavailable(identity.name());
      results.put(identity.name(), new Result(null, reason.orElse(null), null));
      if (reason.isEmpty()) {
        pending.add(identity);
      }
    }
    if (!options.force()) {
      trySilently(pending);
    }
    while (!pending.isEmpty()) {
      AuthEntry identity = pending.removeFirst();
      Session session = signIn(identity);
      if (session != null && session.origin() == Session.Origin.SIGNED_IN && !options.force()) {
        trySilently(pending);
      }
    }
    return results;
  }

  /** Leaves those that are still to be signed in to. */
  private void trySilently(List<AuthEntry> pending) {
    List<String> names = EntrySelector.names(pending);
    for (Sessions.Attempt attempt : sessions.silentAll(names)) {
      AtmosException failure = attempt.failure();
      if (failure == null || failure.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        results.put(attempt.identity(), new Result(attempt.session(), null, failure));
        pending.removeIf(identity -> identity.name().equals(attempt.identity()));
      }
    }
  }

  private @Nullable Session signIn(AuthEntry identity) {
    String name = identity.name();
    // Those that share a sign-in aren't asked for it again.
    String root = graph.chain(identity).orElse(List.of(identity)).getFirst().toString();
    AtmosException before = failed.get(root);
    if (before != null) {
      results.put(name, new Result(null, null, before));
      return null;
    }
    try {
      boolean force = options.force() && asked.add(root);
      Session session = sessions.signIn(name, new SignInOptions(options.dialog(), force));
      results.put(name, new Result(session, null, null));
      return session;
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED) {
        failed.put(root, e);
      }
      results.put(name, new Result(null, null, e));
      return null;
    }
  }
}
