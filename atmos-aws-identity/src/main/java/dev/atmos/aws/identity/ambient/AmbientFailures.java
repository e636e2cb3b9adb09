package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import org.jspecify.annotations.Nullable;

/** Failures to find credentials in the environment. Loaded only then. */
final class AmbientFailures {
  private AmbientFailures() {}

  /** A failure, which names the identity if there is one. */
  static AtmosException of(
      ExitCode exitCode, @Nullable String identity, String problem, @Nullable String hint) {
    return new AtmosException(
        exitCode,
        identity == null ? problem : "identity " + DisplayNames.quoted(identity) + ": " + problem,
        hint,
        null);
  }
}
