package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.nio.file.Path;

/** Failures of kept credentials and sign-ins that can't be used. Loaded only then. */
final class StoreFailures {
  static final String SIGN_IN = "sign in again: atmos auth login";

  private StoreFailures() {}

  static AtmosException damaged(CredentialKey key, Path path, String problem) {
    return new AtmosException(
        ExitCode.FAILED,
        "the sign-in " + key + " in " + path + " can't be used: " + problem,
        SIGN_IN);
  }

  static AtmosException otherVersion(CredentialKey key, Path path, String problem) {
    return new AtmosException(
        ExitCode.USAGE,
        "the sign-in " + key + " in " + path + " can't be used: " + problem,
        "use the newer atmos, or forget what it kept: atmos auth logout --all");
  }

  static AtmosException unusable(Path path, String problem) {
    return new AtmosException(
        ExitCode.FAILED, "the credentials in " + path + " can't be used: " + problem, SIGN_IN);
  }

  static AtmosException homeless(String store) {
    return new AtmosException(
        ExitCode.USAGE,
        "a keyring of type " + store + " needs a home directory, and this process has none",
        "set HOME or ATMOS_XDG_STATE_HOME");
  }
}
