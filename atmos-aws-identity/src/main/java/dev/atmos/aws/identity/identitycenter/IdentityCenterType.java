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
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.config.LineText;
import dev.atmos.services.config.StartUrl;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code aws/iam-identity-center}: where people sign in to AWS with a browser. */
public final class IdentityCenterType implements ProviderType {
  static final String START_URL = "start_url";
  static final String REGION = "region";
  static final String FLOW = "flow";
  static final String BROWSER = "browser";
  static final String NO_BROWSER = "none";
  private static final String DISCOVERS_IDENTITIES = "auto_provision_identities";
  private static final String BASE_PATH = "spec.files.base_path";
  static final String FORMER_ENDPOINT_URL = "spec.aws.resolver.url";

  /** A field of all providers. */
  static final String SESSION_DURATION = "session.duration";

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
                .withPattern(KindFields.HTTPS, "an https:// URL")
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
        .optional(
            BROWSER,
            Schema.command(
                    "The command that opens a browser, with %s where the address goes, or none."
                        + " The variable ATMOS_BROWSER goes first.")
                .withHarmlessTexts(NO_BROWSER)
                .withExample("firefox -P work"))
        .optional(
            DISCOVERS_IDENTITIES,
            Schema.flag("Creates an identity for every account and role at sign-in.")
                .withDefault("false")
                .withLabel("provisions identities"))
        .optional(
            BASE_PATH,
            LineText.schema("The directory for credential files.", 1024)
                .withExample("~/.aws/atmos"))
        .withDescription("spec.files", "Where credential files are written.")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .optional(FORMER_ENDPOINT_URL, EndpointUrl.schema())
        .withDescription("spec.aws", "The former place of endpoint_url.")
        .withDescription("spec.aws.resolver", "The former place of endpoint_url.")
        .withDescription("spec", "Settings of the provider.");
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
      return Optional.of(key);
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
      return SsoTokenCache.find(services, startUrl(), region().orElse(""));
    }

    @Override
    public Grant grant(StepRequest request) {
      if (request.dialog().isEmpty() && request.savedState().isEmpty()) {
        throw new AtmosException(
            ExitCode.SIGN_IN_REQUIRED,
            "not signed in to " + DisplayNames.quoted(definition.name()));
      }
      return new IdentityCenterSignIn(services, request, definition).grant();
    }

    @Override
    public boolean discoversIdentities() {
      return definition.flag(DISCOVERS_IDENTITIES).orElse(false);
    }

    @Override
    public List<DiscoveredIdentity> discover(Grant grant) {
      try (SsoPortalClient portal = portal(AwsLimits.ofMany(), (Token) grant)) {
        return new AccountRoleLister(services, portal).identities();
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
