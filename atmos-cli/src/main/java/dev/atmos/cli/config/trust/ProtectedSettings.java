package dev.atmos.cli.config.trust;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.ConfigValue;
import dev.atmos.services.config.DeferredValue;
import dev.atmos.services.config.EffectWalk;
import dev.atmos.services.config.TrustPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decide how secrets are kept, which only trusted files can say: {@code
 * auth.keyring}. A file that isn't trusted can't replace, hide or remove them either.
 */
public final class ProtectedSettings {
  /** The section that says what is audited, which is protected in the same way. */
  public static final String AUDIT = "audit";

  private static final String AUTH = "auth";
  private static final String KEYRING = "keyring";

  /** Where they are. */
  public static final String PATH = AUTH + "." + KEYRING;

  private ProtectedSettings() {}

  /**
   * Whether a merge has changed them.
   *
   * @param before the configuration before; null for none
   */
  public static boolean differ(@Nullable ConfigMap before, ConfigMap after) {
    return !Objects.equals(keyring(before), keyring(after));
  }

  /**
   * Whether a file may change them: if it is trusted, or the user has approved what it says.
   *
   * @param over what the file holds
   */
  public static boolean mayChange(ConfigMap over, TrustPolicy trust) {
    ConfigMap.Entry entry = keyring(over);
    Position position = entry == null ? over.positionOf(AUTH) : entry.value().position();
    // The usual keyring is left out as well, without a word.
    return isUsual(entry) ? trust.isTrusted(position) : trust.takesPart(PATH, position);
  }

  /** Whether a file names the keyring that counts where no file names one. */
  public static boolean isUsual(ConfigMap.@Nullable Entry keyring) {
    if (keyring == null
        || !(keyring.value() instanceof ConfigMap settings)
        || settings.entries().size() != 1) {
      return false;
    }
    ConfigMap.Entry type = settings.entries().get("type");
    return type != null && type.value() instanceof ConfigText text && text.text().equals("system");
  }

  /** A merged configuration, with these settings as they were before. */
  public static ConfigMap kept(@Nullable ConfigMap before, ConfigMap after) {
    ConfigMap.Entry old = keyring(before);
    ConfigMap auth = auth(after);
    Map<String, ConfigMap.Entry> settings =
        new LinkedHashMap<>(auth == null ? Map.of() : auth.entries());
    settings.remove(KEYRING);
    if (old != null) {
      settings.put(KEYRING, old);
    }
    Map<String, ConfigMap.Entry> sections = new LinkedHashMap<>(after.entries());
    ConfigMap.Entry entry = sections.get(AUTH);
    if (auth == null
        && entry != null
        && entry.value() instanceof DeferredValue tagged
        && (tagged.tag().equals("!exec") || tagged.tag().equals("!include"))) {
      // It is an error where the section is used.
      return after;
    }
    ConfigMap made = new ConfigMap(settings, (auth == null ? after : auth).position());
    sections.put(
        AUTH, new ConfigMap.Entry(entry == null ? after.position() : entry.keyPosition(), made));
    return new ConfigMap(sections, after.position());
  }

  private static @Nullable ConfigMap auth(@Nullable ConfigMap root) {
    ConfigMap.Entry entry = root == null ? null : root.entries().get(AUTH);
    ConfigValue value = entry == null ? null : entry.value();
    if (value instanceof DeferredValue tagged && tagged.tag().equals("!include")) {
      try {
        value = tagged.resolved();
      } catch (AtmosException e) {
        // It says nothing, and is an error where it is used.
        return null;
      }
    }
    return value instanceof ConfigMap map ? map : null;
  }

  /**
   * Refuses protected settings of a plugin's own that a file says without being trusted. Which they
   * are is known once the plugin is loaded, and so after the merge.
   *
   * @param path the keys that lead to the mapping, joined by dots
   * @throws AtmosException as {@link TrustPolicy#require}
   */
  public static void require(Schema schema, ConfigMap fields, String path, TrustPolicy trust) {
    EffectWalk.Visitor visitor =
        (effect, value, text, at, field) -> {
          if (effect == Effect.PROTECTION) {
            trust.require(effect, value.position(), text);
          }
        };
    new EffectWalk(visitor).walk(schema, fields, path);
  }

  /** What a file or a configuration says of them; null for nothing. */
  public static ConfigMap.@Nullable Entry keyring(@Nullable ConfigMap root) {
    ConfigMap auth = auth(root);
    return auth == null ? null : auth.entries().get(KEYRING);
  }

  /**
   * A merged configuration, with what is audited as it was before, unless the file may change that.
   *
   * @param over what the file holds
   */
  public static ConfigMap keptAudit(
      @Nullable ConfigMap before, ConfigMap after, ConfigMap over, TrustPolicy trust) {
    ConfigMap.Entry old = before == null ? null : before.entries().get(AUDIT);
    if (Objects.equals(old, after.entries().get(AUDIT)) || mayAudit(over, trust)) {
      return after;
    }
    Map<String, ConfigMap.Entry> sections = new LinkedHashMap<>(after.entries());
    sections.remove(AUDIT);
    if (old != null) {
      sections.put(AUDIT, old);
    }
    return new ConfigMap(sections, after.position());
  }

  private static boolean mayAudit(ConfigMap over, TrustPolicy trust) {
    ConfigMap.Entry entry = over.entries().get(AUDIT);
    if (entry == null || !(entry.value() instanceof ConfigMap settings)) {
      return trust.takesPart(AUDIT, over.positionOf(AUDIT));
    }
    boolean may = true;
    for (Map.Entry<String, ConfigMap.Entry> setting : settings.entries().entrySet()) {
      Position position = setting.getValue().value().position();
      may &= trust.takesPart(AUDIT + "." + setting.getKey(), position);
    }
    return may;
  }
}
