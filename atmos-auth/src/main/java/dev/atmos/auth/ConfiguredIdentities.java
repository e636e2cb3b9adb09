package dev.atmos.auth;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.IdentityTypes;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The identities below {@code auth.identities}. A name is looked for among their names and then
 * among their aliases, each time as it is written first and then in any case.
 */
final class ConfiguredIdentities implements Identities {

  /** A class, because the first lambda of a process costs more than one. */
  static final class Factory implements Function<PluginContext, Identities> {
    @Override
    public Identities apply(PluginContext context) {
      return new ConfiguredIdentities(context);
    }
  }

  static final String VARIABLE = "ATMOS_IDENTITY";

  private final PluginContext context;

  ConfiguredIdentities(PluginContext context) {
    this.context = context;
  }

  @Override
  public AwsCredentials credentials(@Nullable String name) {
    String wanted = name;
    if (wanted == null) {
      Optional<String> variable = context.environment().nonEmpty(VARIABLE);
      if (variable.isPresent()) {
        wanted = variable.get();
        if (meansNone(wanted)) {
          return new AmbientCredentials(context, null).find();
        }
      }
    } else if (wanted.isEmpty()) {
      throw IdentityFailures.emptyName();
    }
    ConfigMap identities = identities();
    if (identities == null) {
      if (wanted != null) {
        throw IdentityFailures.noneConfigured(wanted, name == null);
      }
      return new AmbientCredentials(context, null).find();
    }
    String key = wanted == null ? defaultOf(identities) : keyOf(identities, wanted, name == null);
    return credentialsOf(identities, key);
  }

  private static boolean meansNone(String variable) {
    return variable.equalsIgnoreCase("false")
        || variable.equals("0")
        || variable.equalsIgnoreCase("no")
        || variable.equalsIgnoreCase("off");
  }

  /** The section; null where there is none, or where nothing is in it. */
  private @Nullable ConfigMap identities() {
    Optional<ConfigMap> auth = context.config("auth");
    if (auth.isEmpty()) {
      return null;
    }
    Optional<ConfigMap> identities = auth.get().map("identities");
    return identities.isEmpty() || identities.get().isEmpty() ? null : identities.get();
  }

  private static String defaultOf(ConfigMap identities) {
    List<String> defaults = new ArrayList<>();
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      if (identity.getValue().value() instanceof ConfigMap fields) {
        Optional<Boolean> flag = fields.flag("default");
        if (flag.isPresent() && flag.get()) {
          defaults.add(identity.getKey());
        }
      }
    }
    if (defaults.size() == 1) {
      return defaults.get(0);
    }
    if (!defaults.isEmpty()) {
      throw IdentityFailures.severalDefaults(defaults);
    }
    if (identities.entries().size() == 1) {
      return identities.entries().keySet().iterator().next();
    }
    throw IdentityFailures.noDefault(identities.keys());
  }

  private static String keyOf(ConfigMap identities, String wanted, boolean fromVariable) {
    if (identities.entries().containsKey(wanted)) {
      return wanted;
    }
    List<String> found = withName(identities, wanted);
    if (found.isEmpty()) {
      found = withAlias(identities, wanted, false);
    }
    if (found.isEmpty()) {
      found = withAlias(identities, wanted, true);
    }
    if (found.isEmpty()) {
      throw IdentityFailures.unknown(wanted, fromVariable, identities);
    }
    if (found.size() > 1) {
      throw IdentityFailures.ambiguous(wanted, fromVariable, found);
    }
    return found.get(0);
  }

  private static List<String> withName(ConfigMap identities, String wanted) {
    List<String> found = new ArrayList<>();
    for (String name : identities.entries().keySet()) {
      if (name.equalsIgnoreCase(wanted)) {
        found.add(name);
      }
    }
    return found;
  }

  private static List<String> withAlias(ConfigMap identities, String wanted, boolean anyCase) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      String alias = alias(identity.getValue().value());
      if (alias != null && (anyCase ? alias.equalsIgnoreCase(wanted) : alias.equals(wanted))) {
        found.add(identity.getKey());
      }
    }
    return found;
  }

  static @Nullable String alias(ConfigValue identity) {
    if (identity instanceof ConfigMap fields) {
      Optional<String> alias = fields.text("alias");
      return alias.isPresent() ? alias.get() : null;
    }
    return null;
  }

  private AwsCredentials credentialsOf(ConfigMap identities, String name) {
    Optional<ConfigMap> fields = identities.map(name);
    if (fields.isEmpty()) {
      throw IdentityFailures.noKind(name, identities.positionOf(name));
    }
    Optional<String> kind = fields.get().text("kind");
    if (kind.isEmpty() || kind.get().isEmpty()) {
      throw IdentityFailures.noKind(name, identities.positionOf(name));
    }
    IdentityTypes types = context.service(IdentityTypes.class);
    Optional<IdentityType> type = types.find(kind.get());
    if (type.isEmpty()) {
      throw IdentityFailures.noPlugin(
          name, kind.get(), fields.get().positionOf("kind"), types.kinds());
    }
    IdentitySpec spec = new IdentitySpec(name, kind.get(), fields.get());
    return type.get().create(spec, context).credentials();
  }
}
