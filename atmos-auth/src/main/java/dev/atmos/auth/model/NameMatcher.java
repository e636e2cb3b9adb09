package dev.atmos.auth.model;

import dev.atmos.services.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the definitions that a name stands for: the one of that name; else those of that name in
 * any case; else those with that alias, as it is written and then in any case. The same on the
 * command line, in variables and in the configuration. On the token path.
 */
public final class NameMatcher {

  /** The other names of identities. Asked only where no name matches. */
  public interface Aliases {

    /** The alias of a name; null for none. */
    @Nullable String of(String name);
  }

  private NameMatcher() {}

  /** Whether ATMOS_IDENTITY turns identities off. */
  public static boolean meansNone(String variable) {
    return variable.equalsIgnoreCase("false")
        || variable.equals("0")
        || variable.equalsIgnoreCase("no")
        || variable.equalsIgnoreCase("off");
  }

  /** The names that match: none, one, or several where it isn't clear. */
  public static List<String> find(String wanted, Set<String> names, @Nullable Aliases aliases) {
    if (names.contains(wanted)) {
      return List.of(wanted);
    }
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (name.equalsIgnoreCase(wanted)) {
        found.add(name);
      }
    }
    if (found.isEmpty() && aliases != null) {
      addWithAlias(wanted, names, aliases, false, found);
      if (found.isEmpty()) {
        addWithAlias(wanted, names, aliases, true, found);
      }
    }
    return found;
  }

  private static void addWithAlias(
      String wanted, Set<String> names, Aliases aliases, boolean anyCase, List<String> found) {
    for (String name : names) {
      String alias = aliases.of(name);
      if (alias != null && (anyCase ? alias.equalsIgnoreCase(wanted) : alias.equals(wanted))) {
        found.add(name);
      }
    }
  }

  /**
   * The aliases of a mapping of identities. A class, because a process's first lambda is costly.
   */
  public record ConfiguredAliases(ConfigMap identities) implements Aliases {
    @Override
    public @Nullable String of(String name) {
      ConfigMap.Entry identity = identities.entries().get(name);
      return identity != null && identity.value() instanceof ConfigMap fields
          ? fields.text(AuthFields.ALIAS).orElse(null)
          : null;
    }
  }
}
