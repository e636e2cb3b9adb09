package dev.atmos.auth.store;

import dev.atmos.plugin.auth.CredentialKey;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.io.IOException;
import java.nio.file.Path;

/** What is said where something that is kept can't be used. Loaded only then. */
final class StoreFailures {
  static final String SIGN_IN = "sign in again: atmos auth login";

  private StoreFailures() {}

  static AtmosException unreadable(Path path, IOException e) {
    return new AtmosException(
        ExitCode.FAILED, "can't read " + path + ": " + e.getMessage(), null, e);
  }

  static AtmosException unwritable(Path path, IOException e) {
    return new AtmosException(ExitCode.FAILED, "can't write " + path + ": " + reason(e), null, e);
  }

  static AtmosException unremovable(Path path, IOException e) {
    return new AtmosException(ExitCode.FAILED, "can't remove " + path + ": " + reason(e), null, e);
  }

  /** Of the exceptions of files, some say no more than the path. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getClass() == IOException.class && message != null ? message : kind;
  }

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
        "there is no home directory in which the keyring of type " + store + " could be",
        "set HOME or ATMOS_XDG_STATE_HOME");
  }
}
