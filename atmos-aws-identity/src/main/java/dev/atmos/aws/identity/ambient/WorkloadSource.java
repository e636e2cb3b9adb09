package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.StepRequest;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a container or an instance gives to whatever runs in it. */
record WorkloadSource(Supplier<AwsCredentials> service) implements AmbientSource {

  @Override
  public @Nullable Map<String, String> key() {
    return null;
  }

  @Override
  public boolean isMade() {
    return false;
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    return service.get();
  }
}
