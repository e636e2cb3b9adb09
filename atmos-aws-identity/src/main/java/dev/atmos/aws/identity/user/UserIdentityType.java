package dev.atmos.aws.identity.user;

import dev.atmos.aws.identity.login.ConsoleSignIn;
import dev.atmos.aws.identity.support.AssumedByUser;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.ChainStep;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code aws/user}: an IAM user with a long-lived access key. Programs get a session in its place;
 * roles directly behind the user are assumed with the key, as a session would limit them to an
 * hour.
 */
public final class UserIdentityType implements IdentityType {
  private static final String CREDENTIALS = "credentials";
  static final String KEY_ID = CREDENTIALS + ".access_key_id";
  static final String SECRET_KEY = CREDENTIALS + ".secret_access_key";
  static final String MFA_ARN = CREDENTIALS + ".mfa_arn";
  static final String MFA_COMMAND = CREDENTIALS + ".mfa_command";
  static final String REGION = CREDENTIALS + ".region";
  static final String SESSION_DURATION = "session.duration";
  private static final String RAW = "session.raw";
  private static final String WEBFLOW = CREDENTIALS + ".webflow_enabled";

  static final String DEFAULT_REGION = "us-east-1";
  static final int LEAST_SECONDS = 15 * 60;
  static final int MOST_SECONDS = 36 * 3600;
  private static final int USUAL_SECONDS = 12 * 3600;

  static final String DEVICE_PATTERN =
      KindFields.IAM_ARN
          + KindFields.ACCOUNT_ID
          + ":(?:mfa|sms-mfa)/[0-9A-Za-z_+=,.@/-]{1,256}|[0-9A-Za-z]{9,256}";
  static final String DEVICE_FORMAT =
      "the ARN of an MFA device, or the serial number of a hardware device";

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
                .withPattern(DEVICE_PATTERN, DEVICE_FORMAT)
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
            WEBFLOW,
            Schema.flag(
                    "Signs in on the console's page in a browser where no access key is configured"
                        + " or stored.")
                .withDefault("false"))
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
                .withLabel("session"))
        .optional(
            RAW,
            Schema.flag("Whether programs get the long-lived key itself, and no session.")
                .withDefault("false")
                .withEffect(Effect.PROTECTION));
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
      Map<String, String> fields =
          new TreeMap<>(
              definition.values(KEY_ID, MFA_ARN, SESSION_DURATION, REGION, EndpointUrl.PATH));
      if (key == null) {
        fields.putAll(owner());
        if (isRaw()) {
          // A session that was cached before is none of its grants.
          fields.put(RAW, "true");
        }
      }
      return Optional.of(fields);
    }

    @Override
    public Optional<Map<String, String>> savedKeyOwner() {
      return key == null ? Optional.of(owner()) : Optional.empty();
    }

    /** No field says whose a stored key is. */
    private Map<String, String> owner() {
      return ConfigDefinition.owner(definition, services.directories());
    }

    /** A key in the configuration is used as it is where no session takes its place. */
    @Override
    public boolean isCacheable() {
      return key == null || !isRaw();
    }

    private boolean isRaw() {
      if (!definition.flag(RAW).orElse(false)) {
        return false;
      }
      // The value's own place, which is what the user approves.
      Position position =
          ConfigDefinition.fields(definition)
              .map("session")
              .map(session -> session.entries().get("raw"))
              .map(entry -> entry.value().resolved().position())
              .orElse(definition.position(RAW));
      String path = "auth.identities." + definition.name() + "." + RAW;
      return services.trust().takesPart(path, position);
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public Optional<Grant> source(StepRequest request, @Nullable ChainStep next) {
      if (next == null) {
        return key == null || device != null ? Optional.empty() : Optional.of(key);
      }
      StoredKey stored = next instanceof AssumedByUser ? known(request).orElse(null) : null;
      if (stored == null) {
        return Optional.empty();
      }
      UserKey own = own(stored);
      boolean direct = own.device() == null || ((AssumedByUser) next).needsKey();
      return direct ? Optional.of(own) : Optional.empty();
    }

    @Override
    public Grant grant(StepRequest request) {
      if (key == null
          && definition.flag(WEBFLOW).orElse(false)
          && StoredKey.of(request).isEmpty()) {
        String page = definition.text(REGION).orElse(DEFAULT_REGION);
        return new ConsoleSignIn(services, request, definition, page, null, request.dialog())
            .grant();
      }
      StoredKey known =
          known(request).orElseGet(() -> StoredKey.askedBySignIn(definition, request));
      int usual = known.seconds() == null ? USUAL_SECONDS : known.seconds();
      return isRaw()
          ? known.key()
          : new UserSession(definition, services, own(known), usual).credentials(request);
    }

    /** For a key that isn't stored, a sign-in on the page, or a code of an MFA device. */
    @Override
    public boolean needsUser(Optional<Secret> savedState) {
      StoredKey stored = key == null ? StoredKey.of(savedState).orElse(null) : null;
      if (key == null && stored == null) {
        return savedState.isEmpty() || !definition.flag(WEBFLOW).orElse(false);
      }
      String serial = device == null && stored != null ? stored.device() : device;
      return serial != null && !definition.has(MFA_COMMAND) && !isRaw();
    }

    @Override
    public boolean configure(StepRequest request) {
      if (key != null) {
        throw definition.error(
            KEY_ID,
            "the configuration has the access key of identity "
                + DisplayNames.quoted(definition.name()),
            "take it out here to have atmos store one");
      }
      StoredKey.configure(definition, request);
      return true;
    }

    /** The key of the configuration, or else the stored one. */
    private Optional<StoredKey> known(StepRequest request) {
      return key == null ? StoredKey.of(request) : Optional.of(new StoredKey(key, null, null));
    }

    private UserKey own(StoredKey known) {
      String serial = device == null ? known.device() : device;
      MfaCodes codes = serial == null ? null : new MfaCodes(definition, services, serial);
      return new UserKey(definition, known.key(), codes);
    }
  }
}
