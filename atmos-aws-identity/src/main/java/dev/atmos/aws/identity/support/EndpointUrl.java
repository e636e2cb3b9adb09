package dev.atmos.aws.identity.support;

import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The URL that a definition gives in place of AWS's own. Some kinds had another place for it. */
public final class EndpointUrl {
  /** Where it stands. A constant: using it loads no class. */
  public static final String PATH = "spec.endpoint_url";

  private EndpointUrl() {}

  /** Its schema, in each of its places. */
  public static Schema schema() {
    return Schema.endpoint("The URL to call instead of AWS's own.")
        .withPattern(
            KindFields.HTTPS_OR_LOOPBACK, "an https:// URL, or an http:// URL of this machine")
        .withExample("http://localhost:4566")
        .withLabel("endpoint");
  }

  /**
   * The URL that requests are about to be sent to; null for AWS's own.
   *
   * @param formerPaths where it may stand as well; its own place comes first
   * @throws dev.atmos.plugin.base.AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE}
   *     if its file isn't trusted with it
   */
  public static @Nullable String of(Definition definition, String... formerPaths) {
    Optional<String> url = definition.endpoint(PATH);
    for (int i = 0; i < formerPaths.length && url.isEmpty(); i++) {
      url = definition.endpoint(formerPaths[i]);
    }
    return url.orElse(null);
  }
}
