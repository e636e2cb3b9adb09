package dev.atmos.auth.chain;

import dev.atmos.auth.chain.Offering.Offered;
import dev.atmos.text.yaml.YamlWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The identities that a provider offers, as a file of configuration. */
final class ProvisionedText {
  private ProvisionedText() {}

  static String of(String provider, List<Offered> offered, Instant now) {
    Set<String> accounts = new HashSet<>();
    offered.forEach(each -> accounts.add(each.accountId()));
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("accounts", accounts.size());
    counts.put("identities", offered.size());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("provider", provider);
    metadata.put("provisioned_at", now.toString());
    metadata.put("source", "aws/iam-identity-center");
    metadata.put("counts", counts);
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("_metadata", metadata);
    auth.put("identities", identities(provider, offered));
    return "# Written by atmos at each sign-in.\n" + YamlWriter.write(Map.of("auth", auth));
  }

  private static Map<String, Object> identities(String provider, List<Offered> offered) {
    Map<String, String> ids = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (Offered each : offered) {
      String id = ids.putIfAbsent(each.accountName(), each.accountId());
      if (id != null && !id.equals(each.accountId())) {
        ambiguous.add(each.accountName());
      }
    }
    Map<String, Object> identities = new LinkedHashMap<>();
    for (Offered each : offered) {
      Map<String, Object> account = new LinkedHashMap<>();
      account.put("name", each.accountName());
      account.put("id", each.accountId());
      Map<String, Object> principal = new LinkedHashMap<>();
      principal.put("name", each.permissionSet());
      principal.put("account", account);
      Map<String, Object> identity = new LinkedHashMap<>();
      identity.put("kind", "aws/permission-set");
      identity.put("provider", provider);
      identity.put("via", Map.of("provider", provider));
      identity.put("principal", principal);
      String name =
          ambiguous.contains(each.accountName())
              ? each.accountName() + "-" + each.accountId()
              : each.accountName();
      identities.put(name + "/" + each.permissionSet(), identity);
    }
    return identities;
  }
}
