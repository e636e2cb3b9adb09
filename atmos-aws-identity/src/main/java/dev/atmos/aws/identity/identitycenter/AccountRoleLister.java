package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sso.model.AccountInfo;

/**
 * Lists everything that is assigned to the user who is signed in. AWS allows about 20 calls a
 * second for a whole organization, so this makes at most 15 a second, 8 at a time.
 */
final class AccountRoleLister {
  private static final int AT_ONCE = 8;
  private static final int PER_SECOND = 15;

  private final Services services;
  private final SsoPortalClient portal;
  private Duration next;

  AccountRoleLister(Services services, SsoPortalClient portal) {
    this.services = services;
    this.portal = portal;
    this.next = services.sleeper().uptime();
  }

  /**
   * A permission set in an account.
   *
   * @param accountName not always unique
   */
  private record Assignment(String permissionSet, String accountId, String accountName) {
    DiscoveredIdentity identity(boolean isAmbiguous) {
      String account = isAmbiguous ? accountName + "-" + accountId : accountName;
      return PermissionSetType.discovered(
          account + "/" + permissionSet, permissionSet, accountName, accountId);
    }
  }

  /**
   * The identities, by account and permission set. Each is called by the name of its account; where
   * several accounts share a name, by name and id.
   */
  List<DiscoveredIdentity> identities() {
    List<Supplier<List<Assignment>>> actions = new ArrayList<>();
    for (AccountInfo account : portal.accounts()) {
      actions.add(() -> assignments(account));
    }
    List<Assignment> all =
        services.tasks().all(actions, AT_ONCE).stream()
            .flatMap(List::stream)
            .sorted(
                Comparator.comparing(Assignment::accountName)
                    .thenComparing(Assignment::accountId)
                    .thenComparing(Assignment::permissionSet))
            .toList();
    Map<String, Set<String>> ids =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    Assignment::accountName,
                    Collectors.mapping(Assignment::accountId, Collectors.toSet())));
    return all.stream()
        .map(each -> each.identity(ids.getOrDefault(each.accountName(), Set.of()).size() > 1))
        .toList();
  }

  private List<Assignment> assignments(AccountInfo account) {
    services.sleeper().pause(turn());
    String id = account.accountId();
    String name = account.accountName() == null ? id : account.accountName();
    return portal.roles(id).stream().map(role -> new Assignment(role, id, name)).toList();
  }

  /** How long to wait before the next call. */
  private synchronized Duration turn() {
    Duration now = services.sleeper().uptime();
    Duration mine = next.compareTo(now) > 0 ? next : now;
    next = mine.plus(Duration.ofSeconds(1).dividedBy(PER_SECOND));
    return mine.minus(now);
  }
}
