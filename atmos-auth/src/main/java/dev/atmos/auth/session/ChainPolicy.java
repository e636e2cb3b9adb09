package dev.atmos.auth.session;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.policy.AccessKeyAccount;
import dev.atmos.services.policy.Policy;
import dev.atmos.text.DisplayNames;
import java.util.Optional;

/**
 * Holds a chain against the policy of the machine: before anything of it is used, each step with
 * its start URL, account and region; afterwards the account of its credentials.
 */
public final class ChainPolicy {
  private ChainPolicy() {}

  /** Checks a chain before anything of it is used. */
  public static void require(Policy policy, Chain chain) {
    for (int i = 0; i < chain.size(); i++) {
      ChainLink link = chain.link(i);
      String subject = subject(link);
      Description description = link.describe();
      Optional<String> url = link.isProvider() ? description.subject() : Optional.empty();
      if (url.isPresent() && url.get().contains("://")) {
        policy.requireUrl(subject, url.get());
      }
      if (description.account().isPresent()) {
        policy.requireAccount(subject, description.account().get());
      }
      Optional<String> region = link.step().region();
      if (region.isPresent()) {
        policy.requireRegion(subject, region.get());
      }
    }
  }

  /** The configuration says the account, as it does in a role's ARN, or else the key does. */
  static void require(Policy policy, Chain chain, Grant grant) {
    ChainLink target = chain.target();
    if (grant instanceof AwsCredentials credentials && target.describe().account().isEmpty()) {
      policy.requireAccount(subject(target), AccessKeyAccount.of(credentials.accessKeyId()));
    }
  }

  private static String subject(ChainLink link) {
    return link.name().isEmpty()
        ? "the environment's credentials"
        : link.role() + " " + DisplayNames.quoted(link.name());
  }
}
