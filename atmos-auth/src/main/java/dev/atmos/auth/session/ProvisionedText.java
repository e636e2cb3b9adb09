package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.text.yaml.YamlWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The identities that a provider has discovered, as a file of configuration. */
final class ProvisionedText {
  private ProvisionedText() {}

  static String of(String provider, String kind, List<DiscoveredIdentity> discovered, Instant now) {
    Map<String, Object> identities = new LinkedHashMap<>();
    for (DiscoveredIdentity each : discovered) {
      Map<String, Object> identity = new LinkedHashMap<>();
      identity.put(AuthFields.KIND, each.kind());
      identity.put(AuthFields.PROVIDER, provider);
      put(identity, AuthFields.VIA + "." + AuthFields.PROVIDER, provider);
      each.fields().forEach((path, text) -> put(identity, path, text));
      identities.put(each.name(), identity);
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("provider", provider);
    metadata.put("provisioned_at", now.toString());
    metadata.put("source", kind);
    metadata.put("counts", Map.of(AuthFields.IDENTITIES, discovered.size()));
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("_metadata", metadata);
    auth.put(AuthFields.IDENTITIES, identities);
    return "# Written by atmos at each sign-in.\n"
        + YamlWriter.write(Map.of(AuthFields.AUTH, auth));
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> tree, String path, String text) {
    Map<String, Object> at = tree;
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
      at =
          (Map<String, Object>)
              at.computeIfAbsent(path.substring(start, dot), key -> new LinkedHashMap<>());
      start = dot + 1;
    }
    at.put(path.substring(start), text);
  }
}
