package dev.atmos.aws.identity.user;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.json.FlatJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The access key that a user enters at the first sign-in. It is saved with the sign-ins. */
final class StoredKey {
  private static final String SAVED_KEY_ID = "accessKeyId";
  private static final String SAVED_SECRET_KEY = "secretAccessKey";

  private StoredKey() {}

  /** The saved key, or else the one that the user enters. */
  static AwsCredentials of(Definition definition, StepRequest request) {
    Map<String, Secret> saved =
        request
            .savedState()
            .flatMap(state -> FlatJson.read(state.reveal(), Secret::of))
            .orElse(Map.of());
    Secret id = saved.get(SAVED_KEY_ID);
    Secret secret = saved.get(SAVED_SECRET_KEY);
    return id == null || secret == null
        ? asked(DisplayNames.quoted(definition.name()), request)
        : AwsCredentials.of(id.reveal(), secret, null, null);
  }

  private static AwsCredentials asked(String name, StepRequest request) {
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
