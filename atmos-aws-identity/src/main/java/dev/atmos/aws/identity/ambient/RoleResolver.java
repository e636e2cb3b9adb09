package dev.atmos.aws.identity.ambient;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the roles of profiles to where their credentials come from. */
final class RoleResolver {
  private static final String SOURCE_PROFILE = "source_profile";
  private static final String CREDENTIAL_SOURCE = "credential_source";

  private final AmbientEnvironment environment;
  private final AmbientSources sources;
  private final AwsProfile selected;
  private final List<String> visited = new ArrayList<>();

  /**
   * @param selected the profile that the variables choose, which has the region of all calls
   */
  RoleResolver(AmbientEnvironment environment, AmbientSources sources, AwsProfile selected) {
    this.environment = environment;
    this.sources = sources;
    this.selected = selected;
    visited.add(selected.name());
  }

  ProfileRole of(AwsProfile profile) {
    String source = profile.field(SOURCE_PROFILE);
    String service = profile.field(CREDENTIAL_SOURCE);
    if ((source == null) == (service == null)) {
      throw usage(
          profile.described()
              + (source == null ? " has role_arn with neither " : " has both ")
              + "source_profile "
              + (source == null ? "nor" : "and")
              + " credential_source",
          source == null ? "add one of them to that profile" : "leave one of them out");
    }
    return new ProfileRole(
        environment,
        selected,
        profile,
        source == null ? workload(profile, String.valueOf(service)) : source(profile, source));
  }

  private AmbientSource workload(AwsProfile profile, String name) {
    return switch (name) {
      case "Environment" -> {
        AmbientSource variables = sources.ofVariables();
        if (variables == null) {
          throw environment.failure(
              ExitCode.SIGN_IN_REQUIRED,
              profile.described()
                  + " takes the keys of the environment, and AWS_ACCESS_KEY_ID is not set",
              "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        yield variables;
      }
      case "EcsContainer" -> {
        if (environment.variable(NetworkSources.RELATIVE_URI, NetworkSources.FULL_URI) == null) {
          throw environment.failure(
              ExitCode.SIGN_IN_REQUIRED,
              profile.described()
                  + " takes the credentials of the container, and "
                  + NetworkSources.RELATIVE_URI
                  + " is not set",
              "use that profile in a container of ECS or EKS only");
        }
        yield new WorkloadSource(new NetworkSources(environment)::container);
      }
      case "Ec2InstanceMetadata" ->
          new WorkloadSource(() -> {
            var instance = new NetworkSources(environment).instance();
            if (instance == null) {
              throw environment.failure(
                  ExitCode.SIGN_IN_REQUIRED,
                  profile.described()
                      + " takes the credentials of the instance, and the instance metadata"
                      + " service has none",
                  "use that profile on an EC2 instance with a role only");
            }
            return instance;
          });
      default ->
          throw usage(
              "the credential_source of "
                  + profile.described()
                  + " is "
                  + DisplayNames.quoted(name),
              "it can be Environment, Ec2InstanceMetadata or EcsContainer");
    };
  }

  private AmbientSource source(AwsProfile profile, String name) {
    AwsProfile source = new AwsProfile(name, profile.files());
    if (!source.exists()) {
      throw profile
          .files()
          .absent(source, ", which " + profile.described() + " names as its source_profile");
    }
    // A profile may name itself, where it has both a role and the keys that assume it.
    boolean own = name.equals(profile.name()) && AmbientSources.hasKeys(source);
    if (visited.contains(name) && !own) {
      visited.add(name);
      throw usage(
          "the roles of the profiles lead back to "
              + source.described()
              + ": "
              + DisplayNames.list(visited),
          "change the source_profile of one of them");
    }
    visited.add(name);
    if (AmbientSources.isRole(source) && !AmbientSources.hasKeys(source)) {
      return of(source);
    }
    AmbientSource found = sources.ofProfile(source, false);
    if (found == null) {
      throw environment.failure(
          ExitCode.SIGN_IN_REQUIRED,
          source.described()
              + ", which "
              + profile.described()
              + " names as its source_profile, has no credentials"
              + profile.files().places(),
          "add credentials to that profile");
    }
    return found;
  }

  private AtmosException usage(String problem, @Nullable String hint) {
    return environment.failure(ExitCode.USAGE, problem, hint);
  }
}
