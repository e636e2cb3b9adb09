package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import org.jspecify.annotations.Nullable;

/**
 * The environment that credentials are looked for in. On the token path.
 *
 * @param identity the identity's name, for messages; null if no identities are configured
 */
record AmbientEnvironment(Services services, @Nullable String identity) {

  /** The first of these variables that isn't blank, trimmed as the AWS SDKs do; null for none. */
  @Nullable String variable(String... names) {
    for (String name : names) {
      String text = services.environment().get(name).orElse("").trim();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** A failure, which names the identity if one is configured. */
  AtmosException failure(ExitCode exitCode, String problem, @Nullable String hint) {
    return new AtmosException(
        exitCode,
        identity == null ? problem : "identity " + DisplayNames.quoted(identity) + ": " + problem,
        hint,
        null);
  }
}
