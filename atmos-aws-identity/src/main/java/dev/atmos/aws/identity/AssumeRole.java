package dev.atmos.auth.aws;

import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A role. What calls AWS is in a class of its own, which a token with live credentials never loads.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
 *     AssumeRole</a>
 */
final class AssumeRole implements Identity {
  private static final String[] PARTS = {
    "assume_role", "session_name", "external_id", "source_identity", "duration", "region"
  };

  private final IdentitySpec spec;
  private final Services context;

  AssumeRole(IdentitySpec spec, Services context) {
    this.spec = spec;
    this.context = context;
  }

  @Override
  public Optional<Map<String, String>> cacheKey() {
    Map<String, String> parts = new TreeMap<>();
    Optional<ConfigMap> principal = spec.fields().map("principal");
    if (principal.isPresent()) {
      for (String part : PARTS) {
        Parts.put(parts, principal.get(), part);
      }
      Optional<ConfigMap> tags = principal.get().map("session_tags");
      if (tags.isPresent()) {
        for (Map.Entry<String, ConfigMap.Entry> tag : tags.get().entries().entrySet()) {
          if (tag.getValue().value().resolved() instanceof ConfigText text) {
            parts.put("session_tags." + tag.getKey(), text.text());
          }
        }
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
    return new AssumeRoleCall(spec, context, request).credentials();
  }
}
