package dev.atmos.auth.chain;

import dev.atmos.auth.IdentityFailures;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.plugin.config.Position;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.ShellQuoting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said where a chain can't be read or used. Loaded only then. */
final class ChainFailures {
  private ChainFailures() {}

  static AtmosException noSection() {
    return new AtmosException(ExitCode.USAGE, "the configuration has no auth section");
  }

  static AtmosException unknownIdentity(String name) {
    return new AtmosException(ExitCode.USAGE, "unknown identity " + DisplayNames.quoted(name));
  }

  static AtmosException unknownProvider(String name) {
    return new AtmosException(ExitCode.USAGE, "unknown provider " + DisplayNames.quoted(name));
  }

  /** What is wrong with the way to an identity, as the whole section tells it. */
  static AtmosException broken(ConfigMap auth, String name) {
    AuthReader reader = new AuthReader(auth);
    IdentityDefinition identity = reader.config().identities().get(name);
    if (identity == null) {
      return unknownIdentity(name);
    }
    try {
      for (IdentityDefinition each : AuthGraph.of(reader.config()).chain(identity).identities()) {
        reader.usableIdentity(each.name());
      }
    } catch (AtmosException e) {
      return e;
    }
    return identity
        .position()
        .error(
            "the way to the credentials of identity "
                + DisplayNames.quoted(name)
                + " can't be read");
  }

  static AtmosException noKind(String name, Position position) {
    return IdentityFailures.noKind(name, position);
  }

  static AtmosException noPlugin(String name, String kind, Position position, List<String> kinds) {
    return IdentityFailures.noPlugin(name, kind, position, kinds);
  }

  static AtmosException providerWithoutKind(String name, Position position) {
    return position.error("provider " + DisplayNames.quoted(name) + " has no kind");
  }

  static AtmosException noProviderPlugin(
      String name, String kind, Position position, List<String> kinds) {
    List<String> candidates = new ArrayList<>(kinds);
    candidates.addAll(Kinds.PROVIDERS);
    candidates.remove(kind);
    List<String> nearest = NearestNames.of(kind, candidates);
    String bringer = Kinds.bringer(kind);
    String hint =
        bringer != null
            ? bringer
            : nearest.isEmpty()
                ? "kinds that are supplied: " + DisplayNames.list(kinds)
                : "did you mean " + DisplayNames.alternatives(nearest) + "?";
    return new AtmosException(
        ExitCode.PLUGIN,
        position
            + ": no plugin supplies kind "
            + DisplayNames.quoted(kind)
            + " of provider "
            + DisplayNames.quoted(name)
            + "\n"
            + position.excerpt(),
        hint);
  }

  /**
   * Somebody has to sign in.
   *
   * @param identity who is wanted
   * @param why the step that needs it says
   */
  static AtmosException signIn(String identity, String why, @Nullable Throwable cause) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "identity " + DisplayNames.quoted(identity) + " needs a sign-in: " + why,
        "run: atmos auth login " + ShellQuoting.word(identity),
        cause);
  }

  /** The same of a provider alone. */
  static AtmosException providerSignIn(String provider, String why, @Nullable Throwable cause) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "provider " + DisplayNames.quoted(provider) + " needs a sign-in: " + why,
        "run: atmos auth login --provider " + ShellQuoting.word(provider),
        cause);
  }
}
