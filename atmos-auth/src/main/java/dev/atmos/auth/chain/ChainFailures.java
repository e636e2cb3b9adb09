package dev.atmos.auth.chain;

import dev.atmos.auth.IdentityFailures;
import dev.atmos.auth.Words;
import dev.atmos.auth.config.AuthGraph;
import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.Kinds;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.NearestNames;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.plugin.config.Position;
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
    return new AtmosException(ExitCode.USAGE, "unknown identity " + Words.quoted(name));
  }

  static AtmosException unknownProvider(String name) {
    return new AtmosException(ExitCode.USAGE, "unknown provider " + Words.quoted(name));
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
        .error("the way to the credentials of identity " + Words.quoted(name) + " can't be read");
  }

  static AtmosException noKind(String name, Position position) {
    return IdentityFailures.noKind(name, position);
  }

  static AtmosException noPlugin(String name, String kind, Position position, List<String> kinds) {
    return IdentityFailures.noPlugin(name, kind, position, kinds);
  }

  static AtmosException providerWithoutKind(String name, Position position) {
    return position.error("provider " + Words.quoted(name) + " has no kind");
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
                ? "kinds that are supplied: " + Words.list(kinds)
                : "did you mean " + Words.alternatives(nearest) + "?";
    return new AtmosException(
        ExitCode.PLUGIN,
        position
            + ": no plugin supplies kind "
            + Words.quoted(kind)
            + " of provider "
            + Words.quoted(name)
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
        "identity " + Words.quoted(identity) + " needs a sign-in: " + why,
        "run: atmos auth login " + Words.forShell(identity),
        cause);
  }

  /** The same of a provider alone. */
  static AtmosException providerSignIn(String provider, String why, @Nullable Throwable cause) {
    return new AtmosException(
        ExitCode.SIGN_IN_REQUIRED,
        "provider " + Words.quoted(provider) + " needs a sign-in: " + why,
        "run: atmos auth login --provider " + Words.forShell(provider),
        cause);
  }
}
