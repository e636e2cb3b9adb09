package dev.atmos.aws.identity.identitycenter;

import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
  private record Assignment(String permissionSet, String accountId, String accountName) {}

  /**
   * The identities, by account and permission set. Each is called by the name of its account; where
   * several accounts share a name, by name and id.
   */
  List<DiscoveredIdentity> identities() {
    List<Assignment> assignments = assignments();
    Map<String, String> ids = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (Assignment each : assignments) {
      String id = ids.putIfAbsent(each.accountName(), each.accountId());
      if (id != null && !id.equals(each.accountId())) {
        ambiguous.add(each.accountName());
      }
    }
    List<DiscoveredIdentity> identities = new ArrayList<>();
    for (Assignment each : assignments) {
      String account =
          ambiguous.contains(each.accountName())
              ? each.accountName() + "-" + each.accountId()
              : each.accountName();
      identities.add(
          PermissionSetType.discovered(
              account + "/" + each.permissionSet(),
              each.permissionSet(),
              each.accountName(),
              each.accountId()));
    }
    return identities;
  }

  private List<Assignment> assignments() {
    List<Supplier<List<Assignment>>> actions = new ArrayList<>();
    for (AccountInfo account : portal.accounts()) {
      actions.add(() -> assignments(account));
    }
    List<Assignment> all = new ArrayList<>();
    services.tasks().all(actions, AT_ONCE).forEach(all::addAll);
    all.sort(
        Comparator.comparing(Assignment::accountName)
            .thenComparing(Assignment::accountId)
            .thenComparing(Assignment::permissionSet));
    return all;
  }

  private List<Assignment> assignments(AccountInfo account) {
    services.sleeper().pause(turn());
    String name = account.accountName() == null ? account.accountId() : account.accountName();
    List<Assignment> assigned = new ArrayList<>();
    for (String role : portal.roles(account.accountId())) {
      assigned.add(new Assignment(role, account.accountId(), name));
    }
    return assigned;
  }

  /** How long to wait before the next call. */
  private synchronized Duration turn() {
    Duration now = services.sleeper().uptime();
    Duration mine = next.compareTo(now) > 0 ? next : now;
    next = mine.plus(Duration.ofSeconds(1).dividedBy(PER_SECOND));
    return mine.minus(now);
  }
}
