package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.DiscoveredIdentity;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.config.LineText;
import dev.atmos.text.DisplayNames;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code aws/permission-set}: a permission set that an IAM Identity Center assigns in an account.
 */
public final class PermissionSetType implements IdentityType {
  /** Where {@code spec.endpoint_url} stood before. */
  public static final String FORMER_ENDPOINT_URL = "credentials.aws.resolver.url";

  private static final String KIND = "aws/permission-set";
  private static final String NAME = "principal.name";
  private static final String REGION = "principal.region";

  /** A name or an id, or a mapping of both. */
  private static final String ACCOUNT = "principal.account";

  private static final String ACCOUNT_ID = ACCOUNT + ".id";
  private static final String ACCOUNT_NAME = ACCOUNT + ".name";

  private static final int ACCOUNT_ID_DIGITS = 12;

  /**
   * No session of a permission set lasts longer.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html">Set
   *     session duration for AWS accounts</a>
   */
  private static final int LONGEST_SECONDS = 12 * 3600;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Accepts accepts() {
    return Accepts.provider(Token.IDENTITY_CENTER);
  }

  @Override
  public Schema schema() {
    return Schema.object("A permission set of IAM Identity Center, in one account.")
        .required(
            NAME,
            Schema.text("The permission set's name.")
                .withPattern(
                    KindFields.NAME_CHARACTER + "{1,32}",
                    "1 to 32 letters, digits and characters of _+=,.@-")
                .withExample("ReadOnly")
                .withLabel("permission set"))
        .required(
            ACCOUNT,
            Schema.oneOf(
                    "The account: its name or its id, or a mapping of both.",
                    accountName("The account's name, or its id."),
                    Schema.object("The account, by id, name or both.")
                        .optional("name", accountName("The account's name."))
                        .optional("id", KindFields.accountId("The account's id."))
                        .withRule("", Schema.RuleType.ANY_OF, "name", "id"))
                .withLabel("account"))
        .optional(REGION, KindFields.region())
        .withDescription("principal", "The permission set and its account.")
        .optional(FORMER_ENDPOINT_URL, EndpointUrl.schema())
        .withDescription("credentials.aws.resolver", "The former place of spec.endpoint_url.")
        .withDescription("credentials.aws", "The former place of spec.endpoint_url.")
        .withDescription("credentials", "The former place of spec.endpoint_url.")
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .withDescription("spec", "Settings of the identity.");
  }

  private static Schema accountName(String description) {
    return LineText.schema(description, 128).withExample("dev");
  }

  @Override
  public Description describe(Definition definition) {
    Account account = Account.of(definition);
    String name = definition.text(NAME).orElse(null);
    return Description.NONE
        .withAccount(account.id())
        .withPrincipal(name)
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(
            name == null || account.display() == null ? name : name + " in " + account.display());
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    return new PermissionSet(definition, Services.of(context));
  }

  /** An identity of this kind, for what a sign-in opens. */
  static DiscoveredIdentity discovered(
      String identity, String permissionSet, String accountName, String accountId) {
    return DiscoveredIdentity.of(identity, KIND)
        .with(NAME, permissionSet)
        .with(ACCOUNT_NAME, accountName)
        .with(ACCOUNT_ID, accountId);
  }

  /**
   * The account of a definition.
   *
   * @param id null where only the name is configured
   * @param name null where only the id is configured
   */
  private record Account(@Nullable String id, @Nullable String name) {

    static Account of(Definition definition) {
      String text = definition.values(ACCOUNT).get(ACCOUNT);
      if (text != null && !text.isEmpty()) {
        return isId(text) ? new Account(text, null) : new Account(null, text);
      }
      return new Account(
          definition.text(ACCOUNT_ID).orElse(null), definition.text(ACCOUNT_NAME).orElse(null));
    }

    private static boolean isId(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return text.length() == ACCOUNT_ID_DIGITS;
    }

    @Nullable String display() {
      return id == null ? name : name == null ? id : name + " (" + id + ")";
    }
  }

  private record PermissionSet(Definition definition, Services services) implements Identity {

    /** The account by its id, if that is configured: its name makes no difference then. */
    @Override
    public Optional<Map<String, String>> cacheKey() {
      Map<String, String> key =
          new TreeMap<>(definition.values(NAME, REGION, EndpointUrl.PATH, FORMER_ENDPOINT_URL));
      Account account = Account.of(definition);
      String decisive = account.id() == null ? account.name() : account.id();
      if (decisive != null) {
        key.put(ACCOUNT, decisive);
      }
      return Optional.of(key);
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public Grant grant(StepRequest request) {
      if (!(request.input().orElse(null) instanceof Token token)
          || !token.type().equals(Token.IDENTITY_CENTER)) {
        throw KindFailures.wrongInput(definition, "a provider of kind aws/iam-identity-center");
      }
      String name = definition.requiredText(NAME);
      Account account = Account.of(definition);
      if (account.id() == null && account.name() == null) {
        throw definition.error(
            ACCOUNT,
            "'account' has neither 'name' nor 'id'",
            "add: name: dev, or id: 123456789012");
      }
      String region = request.region().orElseThrow(() -> KindFailures.noRegion(definition));
      String endpoint = EndpointUrl.of(definition, FORMER_ENDPOINT_URL);
      try (SsoPortalClient portal =
          new SsoPortalClient(
              new AwsClients(services, AwsLimits.ofStep(request)), region, endpoint, token)) {
        String id = account.id();
        if (id == null) {
          id = portal.account(definition.name(), String.valueOf(account.name()));
        }
        Instant latest = services.clock().instant().plusSeconds(LONGEST_SECONDS);
        String subject = "identity " + DisplayNames.quoted(definition.name());
        return portal.credentials(subject, id, name, latest);
      }
    }
  }
}
