package dev.atmos.aws.identity.user;

import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.json.FlatJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An {@code aws/user} without a key in the configuration: the user is asked for it at the first
 * sign-in, and it is saved with the sign-ins.
 */
final class StoredKeyUser implements Identity {
  private static final String SAVED_KEY_ID = "accessKeyId";
  private static final String SAVED_SECRET_KEY = "secretAccessKey";

  private final Definition definition;
  private final Services services;
  private final @Nullable String device;

  /**
   * A user without a key.
   *
   * @param device the MFA device's ARN or serial number; null for none
   */
  StoredKeyUser(Definition definition, Services services, @Nullable String device) {
    this.definition = definition;
    this.services = services;
    this.device = device;
  }

  /** No field says whose key it is, so the key belongs to this name in this file only. */
  @Override
  public Optional<Map<String, String>> cacheKey() {
    Map<String, String> key =
        new TreeMap<>(
            definition.values(
                UserIdentityType.MFA_ARN,
                UserIdentityType.SESSION_DURATION,
                UserIdentityType.REGION,
                EndpointUrl.PATH));
    key.put("name", definition.name());
    key.put(
        "file",
        services
            .directories()
            .workingDirectory()
            .resolve(definition.position().source().name())
            .normalize()
            .toString());
    return Optional.of(key);
  }

  @Override
  public Optional<String> region() {
    return definition.text(UserIdentityType.REGION);
  }

  @Override
  public Grant grant(StepRequest request) {
    AwsCredentials saved = saved(request);
    AwsCredentials key = saved == null ? asked(request) : saved;
    if (device == null) {
      return key;
    }
    try {
      return new MfaUser(definition, services, key, device).grant(request);
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.FAILED && e.getCause() instanceof AtmosException) {
        // AWS rejects the key, so the next sign-in asks for another.
        request.saveState(null);
      }
      throw e;
    }
  }

  private static @Nullable AwsCredentials saved(StepRequest request) {
    Optional<Secret> state = request.savedState();
    Map<String, Secret> members =
        state.isEmpty()
            ? Map.of()
            : FlatJson.read(state.get().reveal(), Secret::of).orElse(Map.of());
    Secret id = members.get(SAVED_KEY_ID);
    Secret secret = members.get(SAVED_SECRET_KEY);
    return id == null || secret == null ? null : AwsCredentials.of(id.reveal(), secret, null, null);
  }

  private AwsCredentials asked(StepRequest request) {
    String name = DisplayNames.quoted(definition.name());
    SignInDialog dialog = request.dialogOr("the configuration has no access key for " + name);
    Optional<Secret> id = dialog.askSecret("Access key id of " + name);
    Optional<Secret> secret =
        id.isEmpty() ? Optional.empty() : dialog.askSecret("Secret access key of " + name);
    if (id.isEmpty() || secret.isEmpty()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "no access key was given for identity " + name);
    }
    AwsCredentials key;
    try {
      key =
          AwsCredentials.of(
              id.get().reveal().strip(), Secret.of(secret.get().reveal().strip()), null, null);
    } catch (IllegalArgumentException e) {
      throw new AtmosException(
          ExitCode.USAGE,
          "the access key of identity " + name + " is not valid",
          "enter both parts as AWS displays them");
    }
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put(SAVED_KEY_ID, Secret.of(key.accessKeyId()));
    members.put(SAVED_SECRET_KEY, key.secretAccessKey());
    request.saveState(Secret.of(FlatJson.write(members, Secret::reveal)));
    return key;
  }
}
