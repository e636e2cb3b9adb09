package dev.atmos.auth;

import dev.atmos.auth.chain.LiveCredentials;
import dev.atmos.auth.chain.Sessions;
import dev.atmos.auth.config.Keys;
import dev.atmos.auth.config.NameRules;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identities;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The identities below {@code auth.identities}, by {@link NameRules}. Reads no more of the section
 * than the question needs: its shape isn't checked, and who goes through whom is of no interest.
 */
final class ConfiguredIdentities implements Identities {

  /** A class, because the first lambda of a process costs more than one. */
  static final class Factory implements Function<Services, Identities> {
    @Override
    public Identities apply(Services context) {
      return new ConfiguredIdentities(context);
    }
  }

  static final String VARIABLE = "ATMOS_IDENTITY";

  private final Services context;

  ConfiguredIdentities(Services context) {
    this.context = context;
  }

  @Override
  public AwsCredentials credentials(@Nullable String name) {
    String key = meant(name);
    return key == null ? new AmbientCredentials(context, null).find() : credentialsOf(key);
  }

  @Override
  public Optional<String> nameOf(@Nullable String name) {
    return Optional.ofNullable(meant(name));
  }

  @Override
  public Optional<String> regionOf(String identity) {
    return IdentityRegion.of(context, identity);
  }

  /** Whom a name means; null for the environment. */
  private @Nullable String meant(@Nullable String name) {
    String wanted = name;
    if (wanted == null) {
      Optional<String> variable = context.environment().nonEmpty(VARIABLE);
      if (variable.isPresent()) {
        wanted = variable.get();
        if (meansNone(wanted)) {
          return null;
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
      return null;
    }
    return wanted == null ? defaultOf(identities) : keyOf(identities, wanted, name == null);
  }

  private static boolean meansNone(String variable) {
    return variable.equalsIgnoreCase("false")
        || variable.equals("0")
        || variable.equalsIgnoreCase("no")
        || variable.equalsIgnoreCase("off");
  }

  /** The section; null where there is none, or where nothing is in it. */
  private @Nullable ConfigMap identities() {
    Optional<ConfigMap> auth = context.configMap(Keys.AUTH);
    if (auth.isEmpty()) {
      return null;
    }
    Optional<ConfigMap> identities = auth.get().map(Keys.IDENTITIES);
    return identities.isEmpty() || identities.get().isEmpty() ? null : identities.get();
  }

  private static String defaultOf(ConfigMap identities) {
    List<String> defaults = new ArrayList<>();
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      if (identity.getValue().value() instanceof ConfigMap fields) {
        Optional<Boolean> flag = fields.flag(Keys.DEFAULT);
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
    List<String> found =
        NameRules.find(wanted, identities.entries().keySet(), new ConfiguredAliases(identities));
    if (found.isEmpty()) {
      throw IdentityFailures.unknown(wanted, fromVariable, identities);
    }
    if (found.size() > 1) {
      throw IdentityFailures.ambiguous(wanted, fromVariable, found);
    }
    return found.get(0);
  }

  private record ConfiguredAliases(ConfigMap identities) implements NameRules.Aliases {
    @Override
    public @Nullable String of(String name) {
      ConfigMap.Entry identity = identities.entries().get(name);
      return identity == null ? null : alias(identity.value());
    }
  }

  static @Nullable String alias(ConfigValue identity) {
    if (identity instanceof ConfigMap fields) {
      Optional<String> alias = fields.text(Keys.ALIAS);
      return alias.isPresent() ? alias.get() : null;
    }
    return null;
  }

  private AwsCredentials credentialsOf(String name) {
    AwsCredentials live = LiveCredentials.of(context, name);
    return live != null ? live : context.service(Sessions.class).silent(name).credentials();
  }
}
