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
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ProvisionedFile;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans logouts, and runs the plans. */
final class Logout {
  private final Services context;
  private final SignInState signIns;
  private final StoredItems stored;

  Logout(Services context, RoleCredentialFiles roles, SignInState signIns) {
    this.context = context;
    this.signIns = signIns;
    this.stored = new StoredItems(context, roles, signIns);
  }

  /**
   * @param keys whether stored long-lived keys are removed as well
   */
  LogoutPlan plan(LogoutScope scope, boolean keys) {
    Traces traces = new Traces(keys);
    switch (scope) {
      case LogoutScope.OfIdentity one -> identities(traces, List.of(one.identity()));
      case LogoutScope.OfProvider one -> provider(traces, one.provider());
      case LogoutScope.OfTags tags -> {
        tags.providers().forEach(provider -> provider(traces, provider));
        identities(traces, tags.identities());
      }
      case LogoutScope.OfKey one -> key(traces, one.identity());
      case LogoutScope.All _ -> all(traces);
    }
    return new LogoutPlan(scope, traces.steps(), traces.kept());
  }

  private void identities(Traces traces, List<String> names) {
    for (String name : names) {
      Chain chain = new ChainReader(context).identity(name);
      traces.identity(chain);
      if (chain.provider() != null) {
        List<String> others = sharing(chain, names);
        if (others.isEmpty()) {
          traces.provider(chain);
        } else {
          traces.keep(chain, others);
        }
      }
    }
  }

  /** The other identities that go through the same sign-in, as far as they can be read. */
  private List<String> sharing(Chain chain, List<String> names) {
    return identities().stream()
        .filter(other -> other.provider() != null && !names.contains(other.name()))
        .filter(other -> equal(chain.cachedUnder(0), other.cachedUnder(0)))
        .map(Chain::name)
        .toList();
  }

  private static boolean equal(@Nullable Fingerprint one, @Nullable Fingerprint other) {
    return one != null && one.equals(other);
  }

  private void provider(Traces traces, String provider) {
    Chain root = new ChainReader(context).provider(provider);
    traces.provider(root);
    for (Chain chain : identities()) {
      if (provider.equals(chain.provider()) || equal(root.cachedUnder(0), chain.cachedUnder(0))) {
        traces.identity(chain);
      }
    }
    traces.offer(provider);
  }

  private void key(Traces traces, String identity) {
    for (Chain chain : identities()) {
      if (chain.leadsThrough(identity)) {
        traces.identity(chain);
      }
    }
  }

  private void all(Traces traces) {
    readable(AuthFields.PROVIDERS, ChainReader::provider).forEach(traces::provider);
    identities().forEach(traces::identity);
    traces.rest();
  }

  private List<Chain> identities() {
    return readable(AuthFields.IDENTITIES, ChainReader::identity);
  }

  private List<Chain> readable(String section, BiFunction<ChainReader, String, Chain> read) {
    List<Chain> chains = new ArrayList<>();
    for (String name : names(section)) {
      try {
        chains.add(read.apply(new ChainReader(context), name));
      } catch (AtmosException e) {
        context.console().debug(e.sentence());
      }
    }
    return chains;
  }

  /** The names in a part of the section; none where the configuration can't be read. */
  private List<String> names(String section) {
    try {
      ConfigMap auth = context.configMap(AuthFields.AUTH).orElse(null);
      ConfigMap map = auth == null ? null : auth.map(section).orElse(null);
      return map == null ? List.of() : map.keys();
    } catch (AtmosException e) {
      context.console().debug(e.sentence());
      return List.of();
    }
  }

  /** What sign-ins have left behind, each thing once. */
  private final class Traces {
    private final List<StoredItem> items = stored.all();
    private final Map<CredentialKey, LogoutPlan.Step> revocations = new LinkedHashMap<>();
    private final Map<StoredItem, LogoutPlan.Step> removals = new LinkedHashMap<>();
    private final Set<StoredItem> keptKeys = new HashSet<>();
    private final Set<String> kept = new LinkedHashSet<>();
    private final boolean keys;

    Traces(boolean keys) {
      this.keys = keys;
    }

    void provider(Chain chain) {
      CredentialKey key = chain.key(0);
      String name = chain.link(0).name();
      for (StoredItem item : items) {
        if (item instanceof StoredItem.SignIn signIn && signIn.key().equals(key)) {
          revocations.putIfAbsent(signIn.key(), new LogoutPlan.Revoke(name, signIn));
          remove(item, "the sign-in of " + DisplayNames.quoted(name) + from(signIn.store()), "");
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
          remove(item, "the credentials of " + name, "in " + role.directory());
        } else if (item instanceof StoredItem.SignIn signIn && signIn.key().equals(key)) {
          signIn(signIn, name, ShellQuoting.word(chain.name()));
        }
      }
    }

    private void signIn(StoredItem.SignIn item, String name, String word) {
      boolean isKey = item.isLongLived();
      if (!isKey || keys) {
        String what = isKey ? "the stored key of " : "the sign-in of ";
        remove(item, what + name + from(item.store()), "");
      } else if (keptKeys.add(item)) {
        kept.add(
            "The stored key of "
                + name
                + " stays; to remove it: atmos auth user configure "
                + word
                + " --remove");
      }
    }

    /** Leaves a sign-in that others use. */
    void keep(Chain chain, List<String> others) {
      CredentialKey key = chain.key(0);
      String name = chain.link(0).name();
      if (items.stream().anyMatch(item -> isOf(item, key))) {
        kept.add(
            "The sign-in of "
                + DisplayNames.quoted(name)
                + " stays for "
                + DisplayNames.list(others)
                + "; to end it: atmos auth logout --provider "
                + ShellQuoting.word(name));
      }
    }

    private static boolean isOf(StoredItem item, @Nullable CredentialKey key) {
      return item instanceof StoredItem.SignIn signIn && signIn.key().equals(key);
    }

    /** The identities that a provider offered. */
    void offer(String provider) {
      Path file = ProvisionedFile.of(provider, context.directories(), context.environment());
      if (file == null) {
        return;
      }
      for (Path each : List.of(file, ProvisionedFile.unfinished(file))) {
        if (context.files().exists(each)) {
          remove(
              new StoredItem.PrivateFile(each),
              "what " + DisplayNames.quoted(provider) + " offers",
              "in " + each);
        }
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
                          : DisplayNames.list(role.profiles())),
                  "in " + role.directory());
          case StoredItem.SignIn signIn -> unnamed(signIn);
          case StoredItem.Choice choice -> {
            // What is kept may need the key in the keyring, which goes with the choice.
            if (keptKeys.isEmpty()) {
              remove(item, "the choice to keep sign-ins in " + place(choice.store()), "");
            }
          }
          case StoredItem.Unreachable store ->
              remove(item, "what is kept in " + DisplayNames.quoted(store.store()), "");
          case StoredItem.PrivateFile left ->
              remove(item, "what interrupted writes left", "in " + left.file());
        }
      }
      for (Path file : ProvisionedFile.all(context)) {
        remove(new StoredItem.PrivateFile(file), "what providers offer", "in " + file);
      }
    }

    private void unnamed(StoredItem.SignIn item) {
      if (keys || !item.isLongLived()) {
        remove(
            item,
            "sign-ins that no configuration names",
            "(" + item.key() + ", " + item.store() + ")");
      } else if (keptKeys.add(item)) {
        kept.add(
            "Stored keys that no configuration names stay; to remove them: atmos auth logout"
                + " --all --keychain");
      }
    }

    private static String from(String store) {
      return " from " + place(store);
    }

    /** Where a store keeps things, for people who don't know its name. */
    private static String place(String store) {
      return switch (store) {
        case "system" -> "the system's keyring";
        case "file" -> "encrypted files";
        case "plain" -> "plain files";
        case "memory" -> "memory";
        default -> "the store " + DisplayNames.quoted(store);
      };
    }

    private void remove(StoredItem item, String summary, String detail) {
      removals.putIfAbsent(item, new LogoutPlan.Remove(item, "remove " + summary, detail));
    }

    /** What is here first, so that it is gone whatever happens at the providers. */
    List<LogoutPlan.Step> steps() {
      List<LogoutPlan.Step> steps = new ArrayList<>(removals.values());
      steps.addAll(revocations.values());
      return steps;
    }

    List<String> kept() {
      return List.copyOf(kept);
    }
  }

  List<LogoutOutcome> run(LogoutPlan plan) {
    List<Supplier<LogoutOutcome>> revocations = new ArrayList<>();
    for (LogoutPlan.Step step : plan.steps()) {
      if (step instanceof LogoutPlan.Revoke revoke) {
        revocations.add(revocation(revoke));
      }
    }
    List<LogoutOutcome> outcomes = new ArrayList<>();
    for (LogoutPlan.Step step : plan.steps()) {
      if (step instanceof LogoutPlan.Remove remove) {
        outcomes.add(outcome(step, () -> stored.remove(remove.item())));
      }
    }
    if (!revocations.isEmpty()) {
      outcomes.addAll(context.tasks().all(revocations, revocations.size()));
    }
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

  /** Ends a session by the grant that is still here. */
  private Supplier<LogoutOutcome> revocation(LogoutPlan.Revoke revoke) {
    try {
      Chain chain = new ChainReader(context).provider(revoke.provider());
      Provider provider = chain.link(0).provider();
      StoredGrant read = signIns.read(revoke.signIn()).map(StoredGrant::of).orElse(null);
      Grant grant = read == null ? null : read.grant();
      if (provider == null || grant == null) {
        throw new AtmosException(ExitCode.FAILED, "its stored token can't be read");
      }
      return () -> outcome(revoke, () -> provider.revoke(grant));
    } catch (AtmosException e) {
      return () -> new LogoutOutcome(revoke, e);
    }
  }
}
