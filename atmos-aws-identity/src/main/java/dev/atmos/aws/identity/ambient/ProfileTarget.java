package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.StsSupport;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls for a profile go. A URL of the user's own files may be any that requests may be
 * sent to; a variable stands above it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
final class ProfileTarget {
  private ProfileTarget() {}

  /** STS, for a profile that the variables choose, in its region or that of a role's partition. */
  static AwsTarget sts(AmbientEnvironment environment, AwsProfile profile, String role) {
    String region = environment.variable("AWS_REGION", "AWS_DEFAULT_REGION");
    String own = region == null ? profile.field("region") : region;
    return AwsTarget.of("STS", own == null ? StsSupport.defaultRegion(role) : own)
        .at(endpoint(environment, profile, "STS"));
  }

  /**
   * The URL that the files give for a service; null for that of the variables, or AWS's own.
   *
   * @param service as {@link AwsTarget} has it
   */
  static @Nullable String endpoint(
      AmbientEnvironment environment, AwsProfile profile, String service) {
    String name = service.toUpperCase(Locale.ROOT).replace(' ', '_');
    if (environment.variable("AWS_ENDPOINT_URL_" + name, "AWS_ENDPOINT_URL") != null
        || "true".equalsIgnoreCase(environment.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
        || "true".equalsIgnoreCase(profile.field("ignore_configured_endpoint_urls"))) {
      return null;
    }
    String services = profile.field("services");
    Map<String, String> section =
        services == null ? null : profile.files().content(false).services().get(services);
    String nested = section == null ? null : section.get(name.toLowerCase(Locale.ROOT));
    for (String line : nested == null ? new String[0] : nested.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.substring(0, equals).strip().equals("endpoint_url")) {
        return line.substring(equals + 1).strip();
      }
    }
    return profile.field("endpoint_url");
  }
}
