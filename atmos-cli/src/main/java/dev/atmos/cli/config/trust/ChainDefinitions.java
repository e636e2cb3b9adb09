package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.cli.config.file.ConfigFileCache;
import dev.atmos.cli.config.trust.TrustRecord.Approval;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition that a value is a part of, and what it goes through, in all files: a host that was
 * approved for one sign-in must not get another one, because the definition behind it has changed.
 */
final class ChainDefinitions {
  private static final String AUTH = "auth";
  private static final List<String> PARTS = List.of("identities", "providers", "integrations");

  private final ConfigFileCache cache;
  private final ConfigFile asking;
  private final Set<String> seen = new HashSet<>();
  private final List<Approval> approvals = new ArrayList<>();

  /**
   * None yet.
   *
   * @param asking the file whose record they are for
   */
  ChainDefinitions(ConfigFileCache cache, ConfigFile asking) {
    this.cache = cache;
    this.asking = asking;
  }

  /** An approval of each of them. */
  List<Approval> approvals() {
    return approvals;
  }

  /**
   * Adds what a value is a part of.
   *
   * @param in names the file of the place, if that isn't the file that holds the value
   */
  void add(ValueSearch.Place place, String in) {
    String keys = place.definition();
    for (String part : PARTS) {
      String before = AUTH + "." + part + ".";
      if (keys.startsWith(before)) {
        String name = keys.substring(before.length());
        add(part, name.startsWith("\"") ? name.substring(1, name.length() - 1) : name);
        return;
      }
    }
    approve(keys + in, place.defined());
  }

  private void approve(String keys, ConfigValue definition) {
    String digest = WrittenValue.digest("", definition, true);
    approvals.add(new Approval(digest, TrustRecord.DEFINITION + keys));
  }

  private void add(String part, String name) {
    if (!seen.add(part + " " + name)) {
      return;
    }
    for (ConfigFile file : List.copyOf(cache.all())) {
      ConfigMap definitions = TrustedValues.map(TrustedValues.map(file.root(), AUTH), part);
      if (definitions == null) {
        continue;
      }
      for (Map.Entry<String, ConfigMap.Entry> entry : definitions.entries().entrySet()) {
        ConfigMap definition = TrustedValues.map(definitions, entry.getKey());
        if (isCalled(name, entry.getKey(), definition)) {
          String in = file.equals(asking) ? "" : TrustRecord.IN + file.path();
          approve(ConfigMap.path(AUTH + "." + part, entry.getKey()) + in, entry.getValue().value());
          ConfigMap via = TrustedValues.map(definition, "via");
          follow(via, "identity", "identities");
          follow(via, "provider", "providers");
        }
      }
    }
  }

  private void follow(@Nullable ConfigMap via, String field, String part) {
    String name = text(via, field);
    if (name != null) {
      add(part, name);
    }
  }

  private static boolean isCalled(String name, String key, @Nullable ConfigMap definition) {
    return key.equalsIgnoreCase(name) || name.equalsIgnoreCase(text(definition, "alias"));
  }

  private static @Nullable String text(@Nullable ConfigMap map, String key) {
    ConfigMap.Entry entry = TrustedValues.entry(map, key);
    return entry != null && entry.value() instanceof ConfigText text ? text.text() : null;
  }
}
