package dev.atmos.aws.identity.user;

import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code aws/user}: an IAM user with a long-lived access key. Where no MFA device is configured,
 * requests are signed with that key.
 */
public final class UserIdentityType implements IdentityType {
  private static final String CREDENTIALS = "credentials";
  static final String KEY_ID = CREDENTIALS + ".access_key_id";
  static final String SECRET_KEY = CREDENTIALS + ".secret_access_key";
  static final String MFA_ARN = CREDENTIALS + ".mfa_arn";
  static final String MFA_COMMAND = CREDENTIALS + ".mfa_command";
  static final String REGION = CREDENTIALS + ".region";
  static final String SESSION_DURATION = "session.duration";
  private static final String WEBFLOW = CREDENTIALS + ".webflow_enabled";

  static final String DEFAULT_REGION = "us-east-1";
  static final int LEAST_SECONDS = 15 * 60;
  static final int MOST_SECONDS = 36 * 3600;

  private static final String KEY_ID_PATTERN = "[0-9A-Za-z_.-]{1,128}";
  private static final String KEY_ID_FORMAT =
      "an access key id: letters, digits and characters of _.-";

  @Override
  public String kind() {
    return "aws/user";
  }

  @Override
  public Accepts accepts() {
    return Accepts.nothing();
  }

  @Override
  public Schema schema() {
    return Schema.object("An IAM user.")
        .optional(
            KEY_ID,
            Schema.text("The id of the access key.")
                .withPattern(KEY_ID_PATTERN, KEY_ID_FORMAT)
                .withExample("AKIAIOSFODNN7EXAMPLE")
                .withLabel("access key id"))
        .optional(
            SECRET_KEY,
            Schema.secret("The secret part of the access key.")
                .withPattern("[^\\x00-\\x1f\\x7f]*", "a text without control characters"))
        .optional(
            MFA_ARN,
            Schema.text("The MFA device that shows the codes.")
                .withPattern(
                    KindFields.IAM_ARN
                        + KindFields.ACCOUNT_ID
                        + ":(?:mfa|sms-mfa)/[0-9A-Za-z_+=,.@/-]{1,256}|[0-9A-Za-z]{9,256}",
                    "the ARN of an MFA device, or the serial number of a hardware device")
                .withExample("arn:aws:iam::123456789012:mfa/jane")
                .withLabel("MFA device"))
        .optional(
            MFA_COMMAND,
            Schema.command("A command that prints a code of the MFA device.")
                .withExample("ykman oath accounts code --single aws"))
        .optional(
            REGION,
            KindFields.region("The region that the user works in.").withDefault(DEFAULT_REGION))
        .optional(
            WEBFLOW, Schema.flag("Allows signing in through the browser.").withDefault("true"))
        .withDescription(CREDENTIALS, "What the user signs in with.")
        .withRule(CREDENTIALS, Schema.RuleType.TOGETHER, "access_key_id", "secret_access_key")
        .withRule(CREDENTIALS, Schema.RuleType.ONLY_WITH, "mfa_command", "mfa_arn")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .withDescription("spec", "Settings of the identity.")
        .optional(
            SESSION_DURATION,
            Schema.duration("How long a session of the identity lasts.")
                .withRange(Duration.ofSeconds(LEAST_SECONDS), Duration.ofSeconds(MOST_SECONDS))
                .withExample("12h")
                .withLabel("session"));
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(definition.text(KEY_ID).orElse(null));
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    if (definition.section("via").isPresent()) {
      throw KindFailures.needsNoVia(definition);
    }
    String device = definition.text(MFA_ARN).orElse(null);
    Optional<String> keyId = definition.text(KEY_ID);
    Optional<Secret> secretKey = definition.secret(SECRET_KEY);
    // Most likely a variable that isn't set, which a prompt for a key wouldn't explain.
    if (keyId.isEmpty() && definition.has(KEY_ID)) {
      throw KindFailures.empty(definition, KEY_ID);
    }
    if (secretKey.isEmpty() && definition.has(SECRET_KEY)) {
      throw KindFailures.empty(definition, SECRET_KEY);
    }
    if (keyId.isPresent() != secretKey.isPresent()) {
      throw keyId.isPresent()
          ? KindFailures.alone(definition, KEY_ID, SECRET_KEY)
          : KindFailures.alone(definition, SECRET_KEY, KEY_ID);
    }
    try {
      AwsCredentials key =
          keyId.isEmpty() || secretKey.isEmpty()
              ? null
              : AwsCredentials.of(keyId.get(), secretKey.get(), null, null);
      return new User(definition, Services.of(context), key, device);
    } catch (IllegalArgumentException e) {
      // Neither part is empty, so it is the characters of one.
      throw keyId.orElse("").matches(KEY_ID_PATTERN)
          ? definition.error(SECRET_KEY, "'secret_access_key' has a control character", null)
          : definition.error(KEY_ID, "'access_key_id' must be " + KEY_ID_FORMAT, null);
    }
  }

  /**
   * A user.
   *
   * @param key the key in the configuration; null to ask the user for it
   * @param device the MFA device's ARN or serial number; null for none
   */
  private record User(
      Definition definition,
      Services services,
      @Nullable AwsCredentials key,
      @Nullable String device)
      implements Identity {

    @Override
    public Optional<Map<String, String>> cacheKey() {
      if (!isCacheable()) {
        return Optional.of(definition.values(KEY_ID));
      }
      Map<String, String> fields =
          definition.values(KEY_ID, MFA_ARN, SESSION_DURATION, REGION, EndpointUrl.PATH);
      if (key != null) {
        return Optional.of(fields);
      }
      // No field says whose key it is, so the key belongs to this name in this file only.
      fields = new TreeMap<>(fields);
      fields.put("name", definition.name());
      fields.put(
          "file",
          services
              .directories()
              .workingDirectory()
              .resolve(definition.position().source().name())
              .normalize()
              .toString());
      return Optional.of(fields);
    }

    /** A key in the configuration is used as it is. */
    @Override
    public boolean isCacheable() {
      return key == null || device != null;
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public Grant grant(StepRequest request) {
      AwsCredentials own = key == null ? StoredKey.of(definition, request) : key;
      return device == null
          ? own
          : new MfaSession(definition, services, request, own, device).credentials();
    }
  }
}
