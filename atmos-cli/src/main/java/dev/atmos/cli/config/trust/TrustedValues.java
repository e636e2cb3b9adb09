package dev.atmos.cli.config.trust;

import dev.atmos.cli.config.file.ConfigFile;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Position;
import dev.atmos.services.config.ConfigList;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted file says and needs trust, where an untrusted one is merged over it. What that one
 * removes, or hides behind a value of another type, comes back. A value that it puts in place of
 * another one is judged where it is used.
 *
 * <p>A definition of another kind is refused where it is used, if the trusted one has such values:
 * they mean nothing to it. What a field of a plugin's kind is for isn't known here, so that each of
 * them counts.
 */
public final class TrustedValues {
  private static final String AUTH = "auth";
  private static final String IDENTITIES = "identities";
  private static final String KIND = "kind";
  private static final String ENV = "env";
  private static final List<String> PARTS = List.of("providers", IDENTITIES, "integrations");

  /** What the program itself reads: data, or judged before the merge. */
  private static final Set<String> OWN_SECTIONS =
      Set.of(AUTH, ENV, "audit", ConfigFile.BASE_PATH, "import", "logs", "profiles");

  /** The fields of built-in kinds that need trust, beside {@link #ENV}. */
  private static final Set<String> NEED_TRUST =
      Set.of(
          "browser",
          "credentials.mfa_command",
          "spec.endpoint_url",
          "credentials.aws.resolver.url",
          "spec.aws.resolver.url",
          "spec.cluster.kubeconfig.path");

  private final FileTrust trust;

  private TrustedValues(FileTrust trust) {
    this.trust = trust;
  }

  /**
   * A merged configuration as an untrusted file may change it; the same one if that makes no
   * difference.
   *
   * @param before the configuration before
   * @param after the configuration with the file's values
   * @param trust which of the values before are a trusted file's
   */
  public static ConfigMap kept(ConfigMap before, ConfigMap after, FileTrust trust) {
    return new TrustedValues(trust).root(before, after);
  }

  private ConfigMap root(ConfigMap before, ConfigMap after) {
    ConfigMap result = after;
    for (Map.Entry<String, ConfigMap.Entry> section : before.entries().entrySet()) {
      if (!OWN_SECTIONS.contains(section.getKey())) {
        result = field(result, section.getKey(), section.getValue());
      }
    }
    ConfigMap auth = map(before, AUTH);
    if (auth != null && !isUnreadable(result, AUTH)) {
      for (String part : PARTS) {
        ConfigMap old = map(auth, part);
        ConfigMap now = map(map(result, AUTH), part);
        if (old != null && !isSame(old, now) && !isUnreadable(map(result, AUTH), part)) {
          ConfigMap present = orEmpty(now, result);
          ConfigMap definitions = definitions(old, present, part.equals(IDENTITIES));
          if (!isSame(definitions, present)) {
            ConfigMap section = orEmpty(map(result, AUTH), result);
            result = with(result, AUTH, with(section, part, definitions));
          }
        }
      }
    }
    return result;
  }

  private ConfigMap definitions(ConfigMap before, ConfigMap after, boolean identities) {
    ConfigMap result = after;
    for (Map.Entry<String, ConfigMap.Entry> each : before.entries().entrySet()) {
      String name = each.getKey();
      ConfigMap.Entry old = each.getValue();
      if (!isSame(entry(after, name), old) && known(old.value()) instanceof ConfigMap lower) {
        String key = identities ? nameOf(after, name) : name;
        ConfigMap upper = map(after, key);
        if (upper == null) {
          result = needsTrust(lower) ? with(result, name, old) : result;
        } else {
          ConfigMap definition = definition(lower, upper, identities);
          result = isSame(definition, upper) ? result : with(result, key, definition);
        }
      }
    }
    return result;
  }

  private ConfigMap definition(ConfigMap before, ConfigMap after, boolean identity) {
    if (!kind(before).equals(kind(after))) {
      return needsTrust(before) ? refused(before, after) : after;
    }
    if (!isOurs(before)) {
      return identity && lacks(before, after) ? refused(before, after) : fields(before, after);
    }
    ConfigMap result = fields(needing(before, ""), after);
    ConfigMap.Entry env = before.entries().get(ENV);
    if (env != null && identity && trust.isTrusted(env.value().position())) {
      Map<String, ConfigMap.Entry> variables = variables(env);
      ConfigMap.Entry now = after.entries().get(ENV);
      if (now != null) {
        for (Map.Entry<String, ConfigMap.Entry> each : variables(now).entrySet()) {
          ConfigMap.Entry known = variables.get(each.getKey());
          boolean restated =
              known != null
                  && each.getValue().value() instanceof ConfigText text
                  && says(known, text.text());
          if (!restated) {
            variables.put(each.getKey(), each.getValue());
          }
        }
      }
      result = with(result, ENV, new ConfigMap(variables, env.value().position()));
    }
    return result;
  }

  private boolean needsTrust(ConfigMap definition) {
    if (!isOurs(definition)) {
      return trust.isTrusted(definition.position());
    }
    ConfigMap.Entry env = definition.entries().get(ENV);
    return (env != null && trust.isTrusted(env.value().position()))
        || !needing(definition, "").isEmpty();
  }

  /** The fields of a definition, or of a part of it, that a trusted file says and that need it. */
  private ConfigMap needing(ConfigMap map, String path) {
    Map<String, ConfigMap.Entry> fields = new LinkedHashMap<>();
    Position position = map.position();
    for (Map.Entry<String, ConfigMap.Entry> each : map.entries().entrySet()) {
      String below = ConfigMap.path(path, each.getKey());
      ConfigMap.Entry entry = each.getValue();
      ConfigMap part = map(map, each.getKey());
      if (part != null && NEED_TRUST.stream().anyMatch(field -> field.startsWith(below + "."))) {
        ConfigMap needing = needing(part, below);
        entry = new ConfigMap.Entry(entry.keyPosition(), needing);
        if (needing.isEmpty()) {
          continue;
        }
      } else if (!NEED_TRUST.contains(below) || !trust.isTrusted(entry.value().position())) {
        continue;
      }
      fields.put(each.getKey(), entry);
      position = entry.value().position();
    }
    return new ConfigMap(fields, position);
  }

  private boolean isOurs(ConfigMap definition) {
    return kind(definition).isEmpty() || trust.isBuiltIn(kind(definition));
  }

  // ---- values

  /** Whether a trusted value of one mapping is gone in the other. */
  private boolean lacks(ConfigMap before, ConfigMap after) {
    for (Map.Entry<String, ConfigMap.Entry> each : before.entries().entrySet()) {
      String key = each.getKey();
      ConfigMap lower = map(before, key);
      ConfigMap upper = map(after, key);
      if ((lower != null && upper != null)
          ? lacks(lower, upper)
          : isGone(each.getValue(), entry(after, key))) {
        return true;
      }
    }
    return false;
  }

  /** All fields that a trusted file has and that are lost come back. */
  private ConfigMap fields(ConfigMap before, ConfigMap after) {
    ConfigMap result = after;
    for (Map.Entry<String, ConfigMap.Entry> each : before.entries().entrySet()) {
      result = field(result, each.getKey(), each.getValue());
    }
    return result;
  }

  private ConfigMap field(ConfigMap after, String key, ConfigMap.Entry old) {
    ConfigMap.Entry now = after.entries().get(key);
    if (isSame(now, old)) {
      return after;
    }
    ConfigMap upper = map(after, key);
    if (upper != null && known(old.value()) instanceof ConfigMap lower) {
      ConfigMap below = fields(lower, upper);
      return isSame(below, upper) ? after : with(after, key, below);
    }
    return isLost(old, now) ? with(after, key, old) : after;
  }

  /** Whether a trusted value is gone, or restated by a file that isn't trusted. */
  private boolean isLost(ConfigMap.Entry old, ConfigMap.@Nullable Entry now) {
    return isGone(old, now)
        || (now != null
            && now.value() instanceof ConfigText text
            && says(old, text.text())
            && trust.isTrusted(old.value().position()));
  }

  /** Whether a trusted value is absent, empty or hidden. */
  private boolean isGone(ConfigMap.Entry old, ConfigMap.@Nullable Entry now) {
    ConfigValue value = now == null ? null : known(now.value());
    boolean gone =
        value == null
            || known(old.value()) instanceof ConfigMap
            || (value instanceof ConfigText text && (text.isNull() || text.text().isEmpty()));
    return gone && trust.isTrusted(old.value().position());
  }

  private static boolean says(ConfigMap.Entry entry, String text) {
    return entry.value() instanceof ConfigText known && known.text().equals(text);
  }

  /** Variables, which may be a mapping or a list, by their names. */
  private static Map<String, ConfigMap.Entry> variables(ConfigMap.Entry entry) {
    Map<String, ConfigMap.Entry> variables = new LinkedHashMap<>();
    ConfigValue known = known(entry.value());
    if (known instanceof ConfigMap map) {
      variables.putAll(map.entries());
    } else if (known instanceof ConfigList list) {
      for (ConfigValue item : list.items()) {
        ConfigMap.Entry key = item instanceof ConfigMap pair ? pair.entries().get("key") : null;
        if (item instanceof ConfigMap variable
            && key != null
            && key.value() instanceof ConfigText name) {
          ConfigMap.Entry value = variable.entries().get("value");
          ConfigText empty = new ConfigText("", false, name.position());
          variables.put(
              name.text(), value == null ? new ConfigMap.Entry(name.position(), empty) : value);
        }
      }
    }
    return variables;
  }

  private static ConfigMap refused(ConfigMap before, ConfigMap after) {
    Position at = after.positionOf(KIND);
    String sentence =
        at
            + ": this file is not trusted, and wants to replace the definition in "
            + before.position();
    DeferredValue refusal =
        new DeferredValue(
            "",
            "",
            at,
            () -> {
              throw new AtmosException(ExitCode.USAGE, sentence, "give it another name", null);
            });
    return with(after, KIND, new ConfigMap.Entry(at, refusal));
  }

  private static String kind(ConfigMap definition) {
    ConfigMap.Entry kind = definition.entries().get(KIND);
    return kind != null && kind.value() instanceof ConfigText text ? text.text() : "";
  }

  /** The name of an identity, which may differ in its case. */
  private static String nameOf(ConfigMap identities, String name) {
    if (!identities.entries().containsKey(name)) {
      for (String other : identities.entries().keySet()) {
        if (other.equalsIgnoreCase(name)) {
          return other;
        }
      }
    }
    return name;
  }

  private static ConfigMap with(ConfigMap map, String key, ConfigMap below) {
    return with(map, key, new ConfigMap.Entry(map.positionOf(key), below));
  }

  private static ConfigMap with(ConfigMap map, String key, ConfigMap.@Nullable Entry entry) {
    Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>(map.entries());
    if (entry == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry);
    }
    return new ConfigMap(entries, map.position());
  }

  private static ConfigMap orEmpty(@Nullable ConfigMap map, ConfigMap around) {
    return map == null ? new ConfigMap(Map.of(), around.position()) : map;
  }

  static ConfigMap.@Nullable Entry entry(@Nullable ConfigMap map, String key) {
    return map == null ? null : map.entries().get(key);
  }

  static @Nullable ConfigMap map(@Nullable ConfigMap map, String key) {
    ConfigMap.Entry entry = entry(map, key);
    return entry != null && known(entry.value()) instanceof ConfigMap below ? below : null;
  }

  /** Whether there is a value that can't be known, which is an error where it is used. */
  private static boolean isUnreadable(@Nullable ConfigMap map, String key) {
    ConfigMap.Entry entry = entry(map, key);
    ConfigValue known = entry == null ? null : known(entry.value());
    return entry != null && (known == null || known instanceof DeferredValue);
  }

  /** A value; of an included file or a variable, what it holds, or null if that can't be read. */
  private static @Nullable ConfigValue known(ConfigValue value) {
    if (!(value instanceof DeferredValue tagged)
        || !(tagged.tag().equals("!include") || tagged.tag().equals("!env"))) {
      return value;
    }
    try {
      return tagged.resolved();
    } catch (AtmosException e) {
      // It says nothing, and is an error where it is used.
      return null;
    }
  }

  /** Compares by identity: comparing contents that aliases share could take a very long time. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    return a == b;
  }
}
