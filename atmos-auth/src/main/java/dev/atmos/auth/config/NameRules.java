package dev.atmos.auth.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a name means: who is called that as it is written; else who is called that in any case; else
 * who has it as alias, as it is written and then in any case. The same everywhere: on the command
 * line, in variables and in the configuration itself. On the token path.
 */
public final class NameRules {

  /** The other names that identities have. Only asked where no name is the one that is wanted. */
  public interface Aliases {

    /** The alias of a name; null for none. */
    @Nullable String of(String name);
  }

  private NameRules() {}

  /** The names that are meant: none, one, or several where it can't be told which. */
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
}
