package dev.atmos.auth.aws;

import dev.atmos.auth.chain.Offering;
import dev.atmos.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sso.model.AccountInfo;

/**
 * All that is assigned to who is signed in. AWS takes about 20 calls a second of everybody in an
 * organisation together, so that these are no more than 15, and 8 at a time.
 */
final class Offers {
  private static final int AT_ONCE = 8;
  private static final int PER_SECOND = 15;

  private final Services context;
  private final Portal portal;
  private Duration next;

  Offers(Services context, Portal portal) {
    this.context = context;
    this.portal = portal;
    this.next = context.sleeper().uptime();
  }

  List<Offering.Offered> all() {
    List<Supplier<List<Offering.Offered>>> actions = new ArrayList<>();
    for (AccountInfo account : portal.accounts()) {
      actions.add(() -> of(account));
    }
    List<Offering.Offered> all = new ArrayList<>();
    context.tasks().all(actions, AT_ONCE).forEach(all::addAll);
    all.sort(
        Comparator.comparing(Offering.Offered::accountName)
            .thenComparing(Offering.Offered::accountId)
            .thenComparing(Offering.Offered::permissionSet));
    return all;
  }

  private List<Offering.Offered> of(AccountInfo account) {
    context.sleeper().pause(turn());
    String name = account.accountName() == null ? account.accountId() : account.accountName();
    List<Offering.Offered> offered = new ArrayList<>();
    for (String role : portal.roles(account.accountId())) {
      offered.add(new Offering.Offered(role, account.accountId(), name));
    }
    return offered;
  }

  /** How long to wait until it is one's turn. */
  private synchronized Duration turn() {
    Duration now = context.sleeper().uptime();
    Duration mine = next.compareTo(now) > 0 ? next : now;
    next = mine.plus(Duration.ofSeconds(1).dividedBy(PER_SECOND));
    return mine.minus(now);
  }
}
