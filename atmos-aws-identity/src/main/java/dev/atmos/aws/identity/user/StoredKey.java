package dev.atmos.aws.identity.user;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.config.DurationText;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.json.FlatJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access key that a user enters, and what goes with it. It is saved with the sign-ins.
 *
 * @param device the MFA device's ARN or serial number; null for none
 * @param seconds how long a session of the user lasts; null for the usual time
 */
record StoredKey(AwsCredentials key, @Nullable String device, @Nullable Integer seconds) {
  private static final String KEY_ID = "accessKeyId";
  private static final String SECRET_KEY = "secretAccessKey";
  private static final String DEVICE = "mfaDevice";
  private static final String SECONDS = "sessionSeconds";

  /** The saved key; empty if there is none. */
  static Optional<StoredKey> of(StepRequest request) {
    return of(request.savedState());
  }

  /** The same of what was saved. */
  static Optional<StoredKey> of(Optional<Secret> savedState) {
    Map<String, Secret> saved =
        savedState.flatMap(state -> FlatJson.read(state.reveal(), Secret::of)).orElse(Map.of());
    Secret id = saved.get(KEY_ID);
    Secret secret = saved.get(SECRET_KEY);
    if (id == null || secret == null) {
      return Optional.empty();
    }
    Secret device = saved.get(DEVICE);
    Secret seconds = saved.get(SECONDS);
    return Optional.of(
        new StoredKey(
            AwsCredentials.of(id.reveal(), secret, null, null),
            device == null ? null : device.reveal(),
            seconds == null ? null : Integer.valueOf(seconds.reveal())));
  }

  /** Asks for the key at a sign-in, and saves it. */
  static StoredKey askedBySignIn(Definition definition, StepRequest request) {
    String name = DisplayNames.quoted(definition.name());
    SignInDialog dialog = request.dialogOr("the configuration has no access key for " + name);
    StoredKey stored;
    try {
      stored = new StoredKey(askedKey(name, dialog), null, null);
    } catch (AtmosException e) {
      if (e.hint().isEmpty() || e.exitCode() != ExitCode.SIGN_IN_REQUIRED) {
        throw e;
      }
      String script = "atmos auth user configure " + ShellQuoting.word(definition.name());
      throw new AtmosException(
          e.exitCode(),
          e.sentence(),
          e.hint().get() + "; or from a script: " + script + " --stdin",
          e);
    }
    stored.save(request);
    return stored;
  }

  /** Asks for the key and what goes with it, as far as the configuration doesn't say it. */
  static void configure(Definition definition, StepRequest request) {
    String name = DisplayNames.quoted(definition.name());
    SignInDialog dialog = request.dialogOr("an access key of " + name + " has to be entered");
    AwsCredentials key = askedKey(name, dialog);
    String device =
        definition.has(UserIdentityType.MFA_ARN)
            ? ""
            : answer(dialog, "MFA device of " + name + ", an ARN or a serial number (empty: none)");
    if (!device.isEmpty() && !device.matches(UserIdentityType.DEVICE_PATTERN)) {
      throw wrong("the MFA device of identity " + name, UserIdentityType.DEVICE_FORMAT);
    }
    String session =
        definition.has(UserIdentityType.SESSION_DURATION)
            ? ""
            : answer(dialog, "Length of a session of " + name + ", such as 8h (empty: 12h)");
    new StoredKey(key, device.isEmpty() ? null : device, seconds(name, session)).save(request);
  }

  private static @Nullable Integer seconds(String name, String text) {
    Duration length = text.isEmpty() ? null : DurationText.parse(text);
    boolean valid =
        text.isEmpty()
            || (length != null
                && length.toSeconds() >= UserIdentityType.LEAST_SECONDS
                && length.toSeconds() <= UserIdentityType.MOST_SECONDS);
    if (!valid) {
      throw wrong(
          "the length of a session of identity " + name, DurationText.FORMAT + ", from 15m to 36h");
    }
    return length == null ? null : (int) length.toSeconds();
  }

  private static AtmosException wrong(String what, String format) {
    return new AtmosException(ExitCode.USAGE, what + " must be " + format);
  }

  private static String answer(SignInDialog dialog, String question) {
    Optional<Secret> answer = dialog.askSecret(question);
    return answer.isEmpty() ? "" : answer.get().reveal().strip();
  }

  private static AwsCredentials askedKey(String name, SignInDialog dialog) {
    String id = answer(dialog, "Access key id of " + name);
    String secret = id.isEmpty() ? "" : answer(dialog, "Secret access key of " + name);
    if (id.isEmpty() || secret.isEmpty()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "no access key was given for identity " + name);
    }
    // Messages show the id, which must not be the secret in the wrong place.
    if (id.matches("[0-9A-Z]{4,128}")) {
      try {
        return AwsCredentials.of(id, Secret.of(secret), null, null);
      } catch (IllegalArgumentException e) {
        // The secret has a control character: reported below.
      }
    }
    throw new AtmosException(
        ExitCode.USAGE,
        "the access key of identity " + name + " is not valid",
        "enter both parts as AWS displays them");
  }

  private void save(StepRequest request) {
    Map<String, Secret> members = new LinkedHashMap<>();
    members.put(KEY_ID, Secret.of(key.accessKeyId()));
    members.put(SECRET_KEY, key.secretAccessKey());
    if (device != null) {
      members.put(DEVICE, Secret.of(device));
    }
    if (seconds != null) {
      members.put(SECONDS, Secret.of(seconds.toString()));
    }
    request.saveState(Secret.of(FlatJson.write(members, Secret::reveal)));
  }
}
