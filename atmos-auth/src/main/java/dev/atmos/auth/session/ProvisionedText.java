package dev.atmos.auth.session;

import dev.atmos.auth.model.AuthFields;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.text.yaml.YamlWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identities that a provider has discovered, as a file of configuration. */
final class ProvisionedText {
  private static final String AT = "provisioned_at";
  private static final String FINGERPRINT = "fingerprint";

  private ProvisionedText() {}

  /**
   * @param fingerprint of the provider's definition
   */
  static String of(
      String provider,
      String kind,
      String fingerprint,
      List<DiscoveredIdentity> discovered,
      Instant now) {
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
    metadata.put(FINGERPRINT, fingerprint);
    metadata.put(AT, now.toString());
    metadata.put("source", kind);
    metadata.put("counts", Map.of(AuthFields.IDENTITIES, discovered.size()));
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("_metadata", metadata);
    auth.put(AuthFields.IDENTITIES, identities);
    return "# Written by atmos at each sign-in.\n"
        + YamlWriter.write(Map.of(AuthFields.AUTH, auth));
  }

  /**
   * When such a text was written of that definition; empty for one of another definition, and for
   * anything else.
   */
  static Optional<Instant> writtenAt(String text, String fingerprint) {
    if (!fingerprint.equals(metadata(text, FINGERPRINT))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(metadata(text, AT)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String metadata(String text, String key) {
    Matcher line = Pattern.compile("(?m)^ {4}" + key + ": \"?([^\"\\n]*)\"?$").matcher(text);
    return line.find() ? line.group(1) : "";
  }

  /** The names in such a text, as they are written in it. */
  static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    String identities = "\n  " + AuthFields.IDENTITIES + ":\n";
    int start = text.indexOf(identities);
    Matcher name = Pattern.compile("(?m)^ {4}([^ \\n].*):$").matcher(text);
    for (boolean found = start >= 0 && name.find(start); found; found = name.find()) {
      names.add(name.group(1));
    }
    return names;
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
