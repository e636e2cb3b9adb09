package dev.atmos.auth.aws;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.config.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code aws/assume-root}: the root user of a member account, for one task.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">STS
 *     AssumeRoot</a>
 */
public final class AssumeRootType implements IdentityType {

  @Override
  public String kind() {
    return "aws/assume-root";
  }

  @Override
  public Identity create(IdentitySpec spec, Services context) {
    return new AssumeRoot(spec, context);
  }

  private record AssumeRoot(IdentitySpec spec, Services context) implements Identity {
    private static final String[] PARTS = {
      "target_principal", "task_policy_arn", "duration", "region"
    };

    @Override
    public Optional<Map<String, String>> cacheKey() {
      Map<String, String> parts = new TreeMap<>();
      Optional<ConfigMap> principal = spec.fields().map("principal");
      if (principal.isPresent()) {
        for (String part : PARTS) {
          Parts.put(parts, principal.get(), part);
        }
      }
      Parts.putEndpoint(parts, spec.fields());
      return Optional.of(parts);
    }

    @Override
    public Optional<String> region() {
      Optional<ConfigMap> principal = spec.fields().map("principal");
      return principal.isPresent() ? principal.get().text("region") : Optional.empty();
    }

    @Override
    public AwsCredentials credentials(StepRequest request) {
      return AssumeRootCall.credentials(spec, context, request);
    }
  }
}
