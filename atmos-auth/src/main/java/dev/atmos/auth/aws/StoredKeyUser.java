package dev.atmos.auth.aws;

import dev.atmos.auth.chain.SecretJson;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.Secret;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.text.DisplayNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An {@code aws/user} whose key the configuration doesn't hold: it is asked for at the first
 * sign-in, and kept with the sign-ins.
 */
public final class StoredKeyUser implements Identity {
  private static final String KEY_ID = "accessKeyId";
  private static final String SECRET_KEY = "secretAccessKey";

  private final IdentitySpec spec;
  private final PluginContext context;
  private final @Nullable String device;

  /**
   * @param device the MFA device's ARN or serial number; null for none
   */
  public StoredKeyUser(IdentitySpec spec, PluginContext context, @Nullable String device) {
    this.spec = spec;
    this.context = context;
    this.device = device;
  }

  /**
   * Nothing here says whose key it is, so that it is that of this name in this file and of no
   * other.
   */
  @Override
  public Optional<Map<String, String>> madeFrom() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("name", spec.name());
    parts.put(
        "file",
        context
            .directories()
            .workingDirectory()
            .resolve(spec.fields().position().source().name())
            .normalize()
            .toString());
    parts.put("mfa_arn", device == null ? "" : device);
    Parts.put(parts, spec.fields(), "session", "duration");
    Parts.put(parts, spec.fields(), "credentials", "region");
    Parts.putEndpoint(parts, spec.fields());
    return Optional.of(parts);
  }

  @Override
  public Optional<String> region() {
    return spec.fields().map("credentials").flatMap(credentials -> credentials.text("region"));
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    AwsCredentials stored = stored(request);
    AwsCredentials key = stored == null ? asked(request) : stored;
    if (device == null) {
      return key;
    }
    try {
      return new MfaUser(spec, context, key, device).credentials(request);
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.FAILED && e.getCause() instanceof AtmosException) {
        // AWS doesn't take the key: the next sign-in is to ask for another.
        request.keep(null);
      }
      throw e;
    }
  }

  private static @Nullable AwsCredentials stored(StepRequest request) {
    Optional<Map<String, Secret>> members = request.state().flatMap(SecretJson::read);
    Secret id = members.isEmpty() ? null : members.get().get(KEY_ID);
    Secret secret = members.isEmpty() ? null : members.get().get(SECRET_KEY);
    return id == null || secret == null
        ? null
        : new AwsCredentials(id.reveal(), secret, null, null);
  }

  private AwsCredentials asked(StepRequest request) {
    SignInDialog dialog = request.dialogOr("the configuration holds no access key for it");
    String whose = " of " + DisplayNames.quoted(spec.name());
    Optional<Secret> id = dialog.askSecret("Access key id" + whose);
    Optional<Secret> secret =
        id.isEmpty() ? Optional.empty() : dialog.askSecret("Secret access key" + whose);
    if (id.isPresent() && secret.isPresent()) {
      try {
        AwsCredentials key =
            new AwsCredentials(
                id.get().reveal().strip(), Secret.of(secret.get().reveal().strip()), null, null);
        Map<String, Secret> members = new LinkedHashMap<>();
        members.put(KEY_ID, Secret.of(key.accessKeyId()));
        members.put(SECRET_KEY, key.secretAccessKey());
        request.keep(SecretJson.write(members));
        return key;
      } catch (IllegalArgumentException e) {
        throw new AtmosException(
            ExitCode.USAGE, "that is no access key" + whose, "type both parts as AWS shows them");
      }
    }
    throw new AtmosException(ExitCode.SIGN_IN_REQUIRED, "no access key" + whose + " was given");
  }
}
