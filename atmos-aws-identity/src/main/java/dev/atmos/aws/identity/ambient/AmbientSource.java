package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the credentials of the environment come from: found, and not asked yet. */
interface AmbientSource {

  /** What decides whose its credentials are; null if that isn't known before it is asked. */
  @Nullable Map<String, String> key();

  /** Whether its credentials are made for whoever asks, so that they may be cached. */
  boolean isMade();

  /** Its credentials. */
  AwsCredentials credentials(StepRequest request);
}
