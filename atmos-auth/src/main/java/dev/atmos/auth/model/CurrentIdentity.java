package dev.atmos.auth.model;

import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a command that a person types without naming one. No value is made for it.
 *
 * @param name its name, spelled as in the configuration
 */
public record CurrentIdentity(String name, Origin origin) {

  /** Why it is that one. */
  public enum Origin {
    /** ATMOS_IDENTITY names it. */
    VARIABLE,
    /** The user has chosen it: {@code atmos auth use}. */
    CHOICE,
    /** It is the configuration's default, or its only identity. */
    DEFAULT
  }

  /** The one of this configuration; empty for none, and where it isn't clear. */
  public static Optional<CurrentIdentity> of(Services services) {
    ConfigMap auth = services.configMap(AuthFields.AUTH).orElse(null);
    if (!(StaticValues.value(auth, AuthFields.IDENTITIES) instanceof ConfigMap identities)) {
      return Optional.empty();
    }
    Optional<String> variable = services.environment().nonEmpty("ATMOS_IDENTITY");
    if (variable.isPresent()) {
      return NameMatcher.meansNone(variable.get())
          ? Optional.empty()
          : named(variable.get(), identities, Origin.VARIABLE);
    }
    Optional<String> chosen = new ChosenIdentity(services).name();
    if (chosen.isPresent()) {
      return named(chosen.get(), identities, Origin.CHOICE);
    }
    String found = null;
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      if (identities.entries().size() == 1
          || StaticValues.flag(identity.getValue().value(), AuthFields.DEFAULT, false)) {
        if (found != null) {
          return Optional.empty();
        }
        found = identity.getKey();
      }
    }
    return found == null
        ? Optional.empty()
        : Optional.of(new CurrentIdentity(found, Origin.DEFAULT));
  }

  private static Optional<CurrentIdentity> named(
      String wanted, ConfigMap identities, Origin origin) {
    List<String> found =
        NameMatcher.find(wanted, identities.entries().keySet(), new StaticAliases(identities));
    return found.size() == 1
        ? Optional.of(new CurrentIdentity(found.get(0), origin))
        : Optional.empty();
  }

  private record StaticAliases(ConfigMap identities) implements NameMatcher.Aliases {
    @Override
    public @Nullable String of(String name) {
      return StaticValues.value(StaticValues.value(identities, name), AuthFields.ALIAS)
              instanceof ConfigText text
          ? text.text()
          : null;
    }
  }
}
