package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sso.model.AccountInfo;

/**
 * Lists everything that is assigned to the user who is signed in, account by account. AWS allows
 * about 20 calls a second for a whole organization, so this makes at most 18 a second, 8 at a time.
 */
final class AccountRoleLister {
  private static final int AT_ONCE = 8;
  private static final int PER_SECOND = 18;

  private final Services services;
  private final SsoPortalClient portal;
  private Duration next;

  AccountRoleLister(Services services, SsoPortalClient portal) {
    this.services = services;
    this.portal = portal;
    this.next = services.sleeper().uptime();
  }

  /**
   * The identities, by account and permission set. Each is called by the name of its account; where
   * several accounts share a name, by name and id.
   */
  List<DiscoveredIdentity> identities(Provider.Parts parts) {
    List<AccountInfo> accounts = new ArrayList<>(portal.accounts(this::await));
    accounts.sort(
        Comparator.comparing(AccountRoleLister::name).thenComparing(AccountInfo::accountId));
    parts.expect(accounts.size());
    Map<String, Long> named =
        accounts.stream()
            .collect(Collectors.groupingBy(AccountRoleLister::name, Collectors.counting()));
    List<Supplier<List<DiscoveredIdentity>>> actions = new ArrayList<>();
    for (AccountInfo account : accounts) {
      String name = name(account);
      String label = named.getOrDefault(name, 0L) > 1 ? name + "-" + account.accountId() : name;
      actions.add(() -> identities(account, label, parts));
    }
    return services.tasks().all(actions, AT_ONCE).stream().flatMap(List::stream).toList();
  }

  private static String name(AccountInfo account) {
    return account.accountName() == null ? account.accountId() : account.accountName();
  }

  private List<DiscoveredIdentity> identities(
      AccountInfo account, String label, Provider.Parts parts) {
    String part = account.accountId() + " " + label;
    Optional<List<DiscoveredIdentity>> known = parts.known(part);
    if (known.isPresent()) {
      return known.get();
    }
    List<DiscoveredIdentity> found =
        portal.roles(account.accountId(), this::await).stream()
            .sorted()
            .map(role ->
                PermissionSetType.discovered(
                    label + "/" + role, role, name(account), account.accountId()))
            .toList();
    parts.found(part, found);
    return found;
  }

  /** Waits until one more call may be made. */
  private void await() {
    services.sleeper().pause(turn());
  }

  /** How long to wait before the next call. */
  private synchronized Duration turn() {
    Duration now = services.sleeper().uptime();
    Duration mine = next.compareTo(now) > 0 ? next : now;
    next = mine.plus(Duration.ofMillis(1000 / PER_SECOND));
    return mine.minus(now);
  }
}
