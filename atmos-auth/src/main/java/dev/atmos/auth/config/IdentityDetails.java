package dev.atmos.auth.config;

import dev.atmos.plugin.base.Secret;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigProblem;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an identity's kind needs. */
public sealed interface IdentityDetails {

  /** The AWS region; null where there is none. */
  default @Nullable String region() {
    return null;
  }

  /**
   * An AWS account; at least one of the two is there.
   *
   * @param id 12 digits
   * @param name its name in the organisation
   */
  record Account(@Nullable String id, @Nullable String name) {

    /**
     * @throws IllegalArgumentException if both are missing
     */
    public Account {
      if (id == null && name == null) {
        throw new IllegalArgumentException("an account without id and name");
      }
    }
  }

  /**
   * {@code aws/permission-set}.
   *
   * @param permissionSet the permission set's name
   * @param account where it is assigned
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record PermissionSet(
      String permissionSet, Account account, @Nullable String region, @Nullable Located endpointUrl)
      implements IdentityDetails {}

  /**
   * {@code aws/assume-role}.
   *
   * @param roleArn the role
   * @param sessionName the session's name, before characters that AWS doesn't take are replaced;
   *     null where one is to be made up
   * @param externalId what the role's trust policy may ask for
   * @param sourceIdentity who is behind the session
   * @param sessionTags the session's tags, in the configuration's order
   * @param duration how long the session is asked to last; null for AWS's default
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record AssumeRole(
      String roleArn,
      @Nullable String sessionName,
      @Nullable String externalId,
      @Nullable String sourceIdentity,
      Map<String, String> sessionTags,
      @Nullable Duration duration,
      @Nullable String region,
      @Nullable Located endpointUrl)
      implements IdentityDetails {

    /** Copies the map. */
    public AssumeRole {
      sessionTags = Collections.unmodifiableMap(new LinkedHashMap<>(sessionTags));
    }
  }

  /**
   * {@code aws/assume-root}.
   *
   * @param targetPrincipal the member account, 12 digits
   * @param taskPolicyArn what the session may do
   * @param duration how long the session is asked to last; null for AWS's default
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record AssumeRoot(
      String targetPrincipal,
      String taskPolicyArn,
      @Nullable Duration duration,
      @Nullable String region,
      @Nullable Located endpointUrl)
      implements IdentityDetails {}

  /**
   * {@code aws/user}. The two parts of the access key are both there or both absent.
   *
   * @param mfaArn the MFA device, by ARN or serial number; null where no code is asked for
   * @param mfaCommand prints a code of that device; null where the user is asked
   * @param webflow whether a sign-in may go through the browser
   * @param region null for {@code us-east-1}
   * @param endpointUrl what is asked in place of AWS; null for AWS
   */
  record User(
      @Nullable String accessKeyId,
      @Nullable Secret secretAccessKey,
      @Nullable String mfaArn,
      @Nullable Located mfaCommand,
      boolean webflow,
      @Nullable String region,
      @Nullable Located endpointUrl)
      implements IdentityDetails {}

  /** {@code aws/ambient} and {@code ambient}: what the environment offers. */
  record Ambient(@Nullable String region) implements IdentityDetails {}

  /** {@code mock} and {@code mock/aws}: fixed credentials. */
  record Mock() implements IdentityDetails {}

  /**
   * A kind that isn't known here.
   *
   * @param fields everything below the identity's name
   */
  record Other(ConfigMap fields) implements IdentityDetails {}

  /**
   * An identity that can't be used, because something in it is missing or wrong.
   *
   * @param problems all of its errors; at least one
   */
  record Broken(List<ConfigProblem> problems) implements IdentityDetails {

    /** Copies the list. */
    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
