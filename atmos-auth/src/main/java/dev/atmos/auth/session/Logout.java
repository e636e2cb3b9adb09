package dev.atmos.auth.session;

import dev.atmos.auth.logout.LogoutOutcome;
import dev.atmos.auth.logout.LogoutPlan;
import dev.atmos.auth.logout.LogoutScope;
import dev.atmos.auth.model.AuthFields;
import dev.atmos.auth.store.Fingerprint;
import dev.atmos.auth.store.RoleCredentialFiles;
import dev.atmos.auth.store.SignInState;
import dev.atmos.auth.store.StoredItem;
import dev.atmos.auth.store.StoredItems;
import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans logouts, and runs the plans. */
final class Logout {
  private final Services context;
  private final SignInState signIns;
  private final StoredItems stored;
  private final RoleCredentialFiles roles;

  Logout(Services context, RoleCredentialFiles roles, SignInState signIns) {
    this.context = context;
    this.signIns = signIns;
    this.roles = roles;
    this.stored = new StoredItems(context, roles, signIns);
  }

  LogoutPlan plan(LogoutScope scope) {
    List<LogoutPlan.Step> steps =
        switch (scope) {
          case LogoutScope.OfIdentity identity -> ofIdentity(identity.identity());
          case LogoutScope.OfProvider provider -> ofProvider(provider.provider());
          case LogoutScope.All all -> ofAll();
        };
    return new LogoutPlan(scope, steps);
  }

  private List<LogoutPlan.Step> ofIdentity(String identity) {
    Chain chain = new ChainReader(context).identity(identity);
    Traces traces = new Traces();
    traces.identity(chain);
    if (chain.provider() != null && !isShared(chain)) {
      traces.provider(chain);
    }
    return traces.steps();
  }

  /** Whether another identity goes through the same sign-in, as far as they can be read. */
  private boolean isShared(Chain chain) {
    return identities().stream()
        .filter(other -> other.provider() != null && !other.name().equals(chain.name()))
        .anyMatch(other -> equal(chain.cachedUnder(0), other.cachedUnder(0)));
  }

  private static boolean equal(@Nullable Fingerprint one, @Nullable Fingerprint other) {
    return one != null && one.equals(other);
  }

  private List<LogoutPlan.Step> ofProvider(String provider) {
    Chain root = new ChainReader(context).provider(provider);
    Traces traces = new Traces();
    traces.provider(root);
    for (Chain chain : identities()) {
      if (provider.equals(chain.provider()) || equal(root.cachedUnder(0), chain.cachedUnder(0))) {
        traces.identity(chain);
      }
    }
    traces.offer(provider);
    return traces.steps();
  }

  private List<LogoutPlan.Step> ofAll() {
    Traces traces = new Traces();
    readable(AuthFields.PROVIDERS, ChainReader::provider).forEach(traces::provider);
    identities().forEach(traces::identity);
    traces.rest();
    return traces.steps();
  }

  private List<Chain> identities() {
    return readable(AuthFields.IDENTITIES, ChainReader::identity);
  }

  private List<Chain> readable(String section, BiFunction<ChainReader, String, Chain> read) {
    List<Chain> chains = new ArrayList<>();
    ConfigMap auth = context.configMap(AuthFields.AUTH).orElse(null);
    ConfigMap map = auth == null ? null : auth.map(section).orElse(null);
    for (String name : map == null ? List.<String>of() : map.keys()) {
      try {
        chains.add(read.apply(new ChainReader(context), name));
      } catch (AtmosException e) {
        context.console().debug(e.sentence());
      }
    }
    return chains;
  }

  /** What sign-ins have left behind, each thing once. */
  private final class Traces {
    private final List<StoredItem> items = stored.all();
    private final Map<CredentialKey, LogoutPlan.Step> revocations = new LinkedHashMap<>();
    private final Map<StoredItem, LogoutPlan.Step> removals = new LinkedHashMap<>();

    void provider(Chain chain) {
      CredentialKey key = chain.key(0);
      String name = chain.link(0).name();
      for (StoredItem item : items) {
        if (item instanceof StoredItem.SignIn signIn && signIn.key().equals(key)) {
          revocations.putIfAbsent(signIn.key(), new LogoutPlan.Revoke(name));
          remove(item, "the sign-in of " + DisplayNames.quoted(name) + " (" + signIn.store() + ")");
        }
      }
    }

    void identity(Chain chain) {
      int last = chain.last();
      CredentialKey key = chain.key(last);
      Fingerprint fingerprint = chain.cachedUnder(last);
      String name = DisplayNames.quoted(chain.link(last).name());
      for (StoredItem item : items) {
        if (item instanceof StoredItem.Role role && role.fingerprint().equals(fingerprint)) {
          remove(item, "the credentials of " + name + " in " + role.directory());
        } else if (item instanceof StoredItem.SignIn signIn && signIn.key().equals(key)) {
          remove(item, "the sign-in of " + name + " (" + signIn.store() + ")");
        }
      }
    }

    /** The identities that a provider offered. */
    void offer(String provider) {
      Path file = ProvisionedFile.of(provider, context.directories(), context.environment());
      if (file != null && context.files().exists(file)) {
        remove(
            new StoredItem.PrivateFile(file),
            "what " + DisplayNames.quoted(provider) + " offers in " + file);
      }
    }

    /** What no configuration refers to any more. */
    void rest() {
      for (StoredItem item : items) {
        switch (item) {
          case StoredItem.Role role ->
              remove(
                  item,
                  "credentials of "
                      + (role.profiles().isEmpty()
                          ? "unknown identities"
                          : DisplayNames.list(role.profiles()))
                      + " in "
                      + role.directory());
          case StoredItem.SignIn signIn ->
              remove(item, "the sign-in " + signIn.key() + " (" + signIn.store() + ")");
          case StoredItem.Choice choice ->
              remove(item, "the choice of where sign-ins are kept (" + choice.store() + ")");
          case StoredItem.PrivateFile left -> remove(item, "what was left in " + left.file());
        }
      }
      for (Path file : ProvisionedFile.all(context)) {
        remove(new StoredItem.PrivateFile(file), "what a provider offers in " + file);
      }
    }

    private void remove(StoredItem item, String description) {
      removals.putIfAbsent(item, new LogoutPlan.Remove(item, "remove " + description));
    }

    List<LogoutPlan.Step> steps() {
      List<LogoutPlan.Step> steps = new ArrayList<>(revocations.values());
      steps.addAll(removals.values());
      return steps;
    }
  }

  List<LogoutOutcome> run(LogoutPlan plan) {
    List<Supplier<LogoutOutcome>> revocations = new ArrayList<>();
    List<Supplier<LogoutOutcome>> removals = new ArrayList<>();
    for (LogoutPlan.Step step : plan.steps()) {
      switch (step) {
        case LogoutPlan.Revoke revoke ->
            revocations.add(() -> outcome(step, () -> revoke(revoke.provider())));
        case LogoutPlan.Remove remove ->
            removals.add(() -> outcome(step, () -> stored.remove(remove.item())));
      }
    }
    List<LogoutOutcome> outcomes = new ArrayList<>();
    if (!revocations.isEmpty()) {
      outcomes.addAll(context.tasks().all(revocations, revocations.size()));
    }
    removals.forEach(removal -> outcomes.add(removal.get()));
    return outcomes;
  }

  private static LogoutOutcome outcome(LogoutPlan.Step step, Runnable action) {
    try {
      action.run();
      return new LogoutOutcome(step, null);
    } catch (AtmosException e) {
      return new LogoutOutcome(step, e);
    }
  }

  private void revoke(String name) {
    Chain chain = new ChainReader(context).provider(name);
    Provider provider = chain.link(0).provider();
    Grant grant = new GrantCache(context, roles, signIns).grant(chain, 0);
    if (provider != null && grant != null) {
      provider.revoke(grant);
    }
  }
}
