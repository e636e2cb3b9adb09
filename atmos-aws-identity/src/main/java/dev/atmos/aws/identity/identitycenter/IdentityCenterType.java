package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.auth.BrowserField;
import dev.atmos.services.config.LineText;
import dev.atmos.services.config.SchemaCheck;
import dev.atmos.services.config.StartUrl;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code aws/iam-identity-center}: where people sign in to AWS with a browser. */
public final class IdentityCenterType implements ProviderType {
  static final String START_URL = "start_url";
  static final String REGION = "region";
  static final String FLOW = "flow";
  private static final String DISCOVERS_IDENTITIES = "auto_provision_identities";
  private static final String BASE_PATH = "spec.files.base_path";
  static final String FORMER_ENDPOINT_URL = "spec.aws.resolver.url";

  /** Most likely cut off: the portals of that domain are all below a path. */
  private static final String WITHOUT_PATH = "(?!https://[^/?#]*[.]awsapps[.]com/?(?:[?#]|$))";

  private static final String SESSION = "session";
  private static final String SESSION_NAME = SESSION + ".name";

  /** A field of all providers. */
  private static final String SESSION_DURATION = SESSION + ".duration";

  @Override
  public String kind() {
    return "aws/iam-identity-center";
  }

  @Override
  public List<String> grants() {
    return List.of(Token.IDENTITY_CENTER);
  }

  @Override
  public Schema schema() {
    return Schema.object("AWS IAM Identity Center (AWS SSO).")
        .required(
            START_URL,
            Schema.endpoint("The URL of the AWS access portal.")
                .withPattern(
                    WITHOUT_PATH + KindFields.HTTPS,
                    "an https:// URL, which below awsapps.com has a path such as /start")
                .withExample("https://acme.awsapps.com/start")
                .withLabel("start URL"))
        .required(REGION, KindFields.region("The region of the IAM Identity Center instance."))
        .optional(
            FLOW,
            Schema.choice(
                    "How people sign in: in a browser on this machine (pkce), with a code that"
                        + " works in a browser on any machine (device), or with a code only where"
                        + " this machine has no browser (auto).",
                    IdentityCenterSignIn.AUTO,
                    IdentityCenterSignIn.PKCE,
                    IdentityCenterSignIn.DEVICE)
                .withDefault(IdentityCenterSignIn.AUTO))
        .optional(BrowserField.PATH, BrowserField.schema())
        .optional(
            DISCOVERS_IDENTITIES,
            Schema.flag("Creates an identity for every account and role at sign-in.")
                .withDefault("false")
                .withLabel("provisions identities"))
        .optional(BASE_PATH, LineText.schema(SchemaCheck.UNUSED, 1024).withExample("~/.aws/atmos"))
        .withDescription("spec.files", "Credential files, which atmos writes to its own directory.")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .optional(FORMER_ENDPOINT_URL, EndpointUrl.schema())
        .withDescription("spec.aws", "The former place of endpoint_url.")
        .withDescription("spec.aws.resolver", "The former place of endpoint_url.")
        .withDescription("spec", "Settings of the provider.")
        .optional(
            SESSION,
            Schema.oneOf(
                "The name of a sign-in of its own, beside that of other providers of this portal;"
                    + " or a mapping.",
                sessionName(),
                Schema.object("The sign-in.")
                    .optional("name", sessionName())
                    .optional(
                        "duration",
                        Schema.duration("How long a sign-in lasts.")
                            .withExample("8h")
                            .withLabel("session"))));
  }

  private static Schema sessionName() {
    return Schema.text(
            "The name of a sign-in of its own, such as another person's. That of the AWS CLI isn't"
                + " used then.")
        .withPattern(
            "[A-Za-z][0-9A-Za-z_.-]{0,63}",
            "a name: a letter, and up to 63 letters, digits and characters of _.-")
        .withExample("admin")
        .withLabel("session name");
  }

  /** How long a sign-in lasts where AWS doesn't say it. */
  static Optional<Duration> sessionDuration(Definition definition) {
    return definition.values(SESSION).containsKey(SESSION_DURATION)
        ? definition.duration(SESSION_DURATION)
        : Optional.empty();
  }

  @Override
  public Description describe(Definition definition) {
    return Description.NONE
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(definition.text(START_URL).orElse(null));
  }

  @Override
  public Provider create(Definition definition, PluginContext context) {
    return new IdentityCenter(definition, Services.of(context));
  }

  /** What needs more than the definition is in classes of its own, off the token path. */
  private record IdentityCenter(Definition definition, Services services) implements Provider {

    @Override
    public Optional<Map<String, String>> cacheKey() {
      Map<String, String> key =
          new TreeMap<>(definition.values(REGION, EndpointUrl.PATH, FORMER_ENDPOINT_URL));
      key.put(START_URL, startUrl());
      String session = session();
      if (session != null) {
        key.put(SESSION_NAME, session);
      }
      return Optional.of(key);
    }

    /** The name of a sign-in of its own; null for that which the portal's providers share. */
    private @Nullable String session() {
      Map<String, String> values = definition.values(SESSION);
      String name = values.get(SESSION);
      return name == null ? values.get(SESSION_NAME) : name;
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    private String startUrl() {
      return StartUrl.normalized(definition.text(START_URL).orElse(""));
    }

    @Override
    public Optional<Grant> externalGrant() {
      return session() == null
          ? SsoTokenCache.find(services, startUrl(), region().orElse(""))
          : Optional.empty();
    }

    @Override
    public boolean needsUser(Optional<Secret> savedState) {
      return savedState.isEmpty()
          || !SavedSignIn.of(savedState).isRenewableAt(services.clock().instant());
    }

    @Override
    public Grant grant(StepRequest request) {
      if (request.dialog().isEmpty() && request.savedState().isEmpty()) {
        boolean borrowed =
            session() == null
                && SsoTokenCache.hasExpired(services, startUrl(), region().orElse(""));
        String name = DisplayNames.quoted(definition.name());
        throw new AtmosException(
            ExitCode.SIGN_IN_REQUIRED,
            borrowed
                ? "the AWS CLI's sign-in to " + name + " has expired"
                : "not signed in to " + name);
      }
      return new IdentityCenterSignIn(services, request, definition).grant();
    }

    @Override
    public boolean discoversIdentities() {
      return definition.flag(DISCOVERS_IDENTITIES).orElse(false);
    }

    @Override
    public List<DiscoveredIdentity> discover(Grant grant, Parts parts) {
      try (SsoPortalClient portal = portal(AwsLimits.ofMany(), (Token) grant)) {
        return new AccountRoleLister(services, portal).identities(parts);
      }
    }

    private SsoPortalClient portal(AwsLimits limits, Token token) {
      return new SsoPortalClient(
          new AwsClients(services, limits),
          definition.requiredText(REGION),
          EndpointUrl.of(definition, FORMER_ENDPOINT_URL),
          token);
    }

    @Override
    public void revoke(Grant grant) {
      if (grant instanceof Token token) {
        try (SsoPortalClient portal = portal(AwsLimits.ofLogout(), token)) {
          portal.logout(definition.name());
        }
      }
    }
  }
}
