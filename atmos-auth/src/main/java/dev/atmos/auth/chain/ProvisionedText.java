package dev.atmos.auth.chain;

import dev.atmos.auth.chain.Offering.Offered;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identities that a provider offers, as a file of configuration: YAML, whose texts are all in
 * double quotes and escaped as in JSON.
 */
final class ProvisionedText {
  private ProvisionedText() {}

  static String of(String provider, List<Offered> offered, Instant now) {
    StringBuilder text = new StringBuilder(256 * (offered.size() + 1));
    Set<String> accounts = new HashSet<>();
    offered.forEach(each -> accounts.add(each.accountId()));
    text.append("# Made by atmos at a sign-in, and again at the next.\nauth:\n  _metadata:\n")
        .append("    provider: ")
        .append(quoted(provider))
        .append("\n    provisioned_at: ")
        .append(quoted(now.toString()))
        .append("\n    source: \"aws/iam-identity-center\"\n    counts: {accounts: ")
        .append(accounts.size())
        .append(", identities: ")
        .append(offered.size())
        .append("}\n  identities:")
        .append(offered.isEmpty() ? " {}\n" : "\n");
    Map<String, String> ids = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (Offered each : offered) {
      String id = ids.putIfAbsent(each.accountName(), each.accountId());
      if (id != null && !id.equals(each.accountId())) {
        ambiguous.add(each.accountName());
      }
    }
    for (Offered each : offered) {
      String account =
          ambiguous.contains(each.accountName())
              ? each.accountName() + "-" + each.accountId()
              : each.accountName();
      text.append("    ")
          .append(quoted(account + "/" + each.permissionSet()))
          .append(":\n      kind: aws/permission-set\n      provider: ")
          .append(quoted(provider))
          .append("\n      via: {provider: ")
          .append(quoted(provider))
          .append("}\n      principal: {name: ")
          .append(quoted(each.permissionSet()))
          .append(", account: {name: ")
          .append(quoted(each.accountName()))
          .append(", id: ")
          .append(quoted(each.accountId()))
          .append("}}\n");
    }
    return text.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        String hex = Integer.toHexString(c);
        quoted.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
