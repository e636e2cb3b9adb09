package dev.atmos.auth;

import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.ShellQuoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said where an identity can't be found or used. Loaded only then. */
public final class IdentityFailures {
  private static final String CHOOSE = "choose one with --identity NAME";

  private IdentityFailures() {}

  static AtmosException emptyName() {
    return new AtmosException(
        ExitCode.USAGE, "--identity has no name", "say which identity: --identity NAME");
  }

  static AtmosException noneConfigured(String wanted, boolean fromVariable) {
    return new AtmosException(
        ExitCode.USAGE,
        "unknown identity " + named(wanted, fromVariable) + ": no identities are configured",
        fromVariable
            ? "unset " + ConfiguredIdentities.VARIABLE + " to use the environment's credentials"
            : "without --identity, the environment's credentials are used");
  }

  static AtmosException unknown(String wanted, boolean fromVariable, ConfigMap identities) {
    List<String> names = identities.keys();
    List<String> candidates = new ArrayList<>(names);
    for (Map.Entry<String, ConfigMap.Entry> identity : identities.entries().entrySet()) {
      String alias = ConfiguredIdentities.alias(identity.getValue().value());
      if (alias != null) {
        candidates.add(alias);
      }
    }
    List<String> nearest = NearestNames.of(wanted, candidates);
    return new AtmosException(
        ExitCode.USAGE,
        "unknown identity " + named(wanted, fromVariable),
        nearest.isEmpty()
            ? "configured: " + DisplayNames.list(names)
            : "did you mean " + DisplayNames.alternatives(nearest) + "?");
  }

  static AtmosException ambiguous(String wanted, boolean fromVariable, List<String> found) {
    return new AtmosException(
        ExitCode.USAGE,
        "identity " + named(wanted, fromVariable) + " could be any of " + DisplayNames.list(found),
        CHOOSE + ", spelt as in the configuration");
  }

  static AtmosException severalDefaults(List<String> names) {
    return new AtmosException(
        ExitCode.USAGE,
        "several identities say default: true: " + DisplayNames.list(names),
        CHOOSE + ", or leave default: true with one of them");
  }

  static AtmosException noDefault(List<String> names) {
    return new AtmosException(
        ExitCode.USAGE,
        "several identities are configured, and none is the default: " + DisplayNames.list(names),
        CHOOSE + ", or give one of them default: true");
  }

  public static AtmosException noKind(String name, Position position) {
    return at(
        position,
        ExitCode.USAGE,
        "identity " + DisplayNames.quoted(name) + " is not configured: it has no kind",
        "give it a kind, such as aws/user, or use the profile that does");
  }

  public static AtmosException noPlugin(
      String name, String kind, Position position, List<String> kinds) {
    if (Kinds.IDENTITIES.contains(kind)) {
      return at(
          position,
          ExitCode.PLUGIN,
          "identity " + DisplayNames.quoted(name) + " is of kind " + kind + Kinds.NOT_YET,
          "kinds that it can: " + DisplayNames.list(kinds));
    }
    List<String> candidates = new ArrayList<>(kinds);
    candidates.addAll(Kinds.IDENTITIES);
    List<String> nearest = NearestNames.of(kind, candidates);
    String bringer = Kinds.bringer(kind);
    String hint;
    if (bringer != null) {
      hint = bringer;
    } else if (nearest.isEmpty()) {
      hint = "kinds that are supplied: " + DisplayNames.list(kinds);
    } else {
      hint = "did you mean " + DisplayNames.alternatives(nearest) + "?";
    }
    return at(
        position,
        ExitCode.PLUGIN,
        "no plugin supplies kind "
            + DisplayNames.quoted(kind)
            + " of identity "
            + DisplayNames.quoted(name),
        hint);
  }

  public static AtmosException via(IdentitySpec spec) {
    return spec.fields()
        .positionOf("via")
        .error(
            "identity "
                + DisplayNames.quoted(spec.name())
                + " is of kind "
                + spec.kind()
                + ", which takes no 'via'");
  }

  public static AtmosException signIn(String name, String why) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "identity " + DisplayNames.quoted(name) + " needs a sign-in: " + why,
        "run: atmos auth login " + ShellQuoting.word(name));
  }

  /** A failure of what the environment offers, to an identity or to nobody in particular. */
  static AtmosException ambient(
      ExitCode exitCode, @Nullable String identity, String problem, @Nullable String hint) {
    return new AtmosException(
        exitCode,
        identity == null ? problem : "identity " + DisplayNames.quoted(identity) + ": " + problem,
        hint,
        null);
  }

  /** Like {@link Position#error}, with an exit code and a hint of its own. */
  private static AtmosException at(
      Position position, ExitCode exitCode, String problem, String hint) {
    return new AtmosException(
        exitCode, position + ": " + problem + "\n" + position.excerpt(), hint);
  }

  private static String named(String wanted, boolean fromVariable) {
    String quoted = DisplayNames.quoted(wanted);
    return fromVariable ? quoted + " (from " + ConfiguredIdentities.VARIABLE + ")" : quoted;
  }
}
