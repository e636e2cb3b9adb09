package dev.atmos.services.auth;

import dev.atmos.plugin.kind.Description;
import java.util.List;
import java.util.Optional;

/**
 * Host service: the names that the {@code auth} section has, for completion. Where the
 * configuration can't be read, the lists are empty: completion can't show an error.
 */
public interface ConfiguredNames {

  /** The names of identities, in the configuration's order. */
  List<String> identities();

  /** The names of providers, in the configuration's order. */
  List<String> providers();

  /** The names of integrations, in the configuration's order. */
  List<String> integrations();

  /**
   * The identity that the user has chosen for the commands that people type, where ATMOS_IDENTITY
   * names none; empty if none is chosen.
   */
  default Optional<String> chosenIdentity() {
    return Optional.empty();
  }

  /**
   * Whether the credentials of an identity, or of what it goes through, are those of the
   * environment, such as AWS_PROFILE.
   *
   * @param identity its name, spelled as in the configuration
   */
  default boolean startsFromEnvironment(String identity) {
    return false;
  }

  /** What the configuration says of an identity, for the audit log. */
  default Description describe(String identity) {
    return Description.NONE;
  }
}
