package dev.atmos.auth.aws;

import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.SignInDialog;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.text.DisplayNames;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An {@code aws/user} whose key is good for little without a code of its MFA device: of both,
 * {@link MfaSession} makes a session.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">STS
 *     GetSessionToken</a>
 */
public final class MfaUser implements Identity {

  private final IdentitySpec spec;
  private final PluginContext context;
  private final AwsCredentials key;
  private final String device;

  /**
   * @param key the user's own
   * @param device the MFA device's ARN or serial number
   */
  public MfaUser(IdentitySpec spec, PluginContext context, AwsCredentials key, String device) {
    this.spec = spec;
    this.context = context;
    this.key = key;
    this.device = device;
  }

  @Override
  public Optional<Map<String, String>> madeFrom() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("access_key_id", key.accessKeyId());
    parts.put("mfa_arn", device);
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
    SignInDialog dialog =
        request.dialogOr(
            "the MFA device of " + DisplayNames.quoted(spec.name()) + " has to give a code");
    return new MfaSession(spec, context, request, key, device).credentials(dialog);
  }
}
