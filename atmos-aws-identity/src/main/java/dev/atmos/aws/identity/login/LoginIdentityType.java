package dev.atmos.aws.identity.login;

import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.KindFailures;
import dev.atmos.aws.identity.support.KindFields;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentityType;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.plugin.context.PluginContext;
import dev.atmos.plugin.kind.Accepts;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.auth.BrowserField;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.text.DisplayNames;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code aws/login}: who signs in to the AWS console with a browser: an IAM user, the root user, or
 * a federated one. They have no access key.
 */
public final class LoginIdentityType implements IdentityType {
  private static final String ACCOUNT = "principal.account.id";
  private static final String SIGN_IN_REGION = "sign_in_region";
  private static final String DEFAULT_REGION = "us-east-1";
  private static final String REGION = "principal.region";

  @Override
  public String kind() {
    return "aws/login";
  }

  @Override
  public Accepts accepts() {
    return Accepts.nothing();
  }

  @Override
  public Schema schema() {
    return Schema.object("A sign-in to the AWS console with a browser, without an access key.")
        .optional(
            ACCOUNT,
            KindFields.accountId("The account. A sign-in to another one is refused.")
                .withLabel("account"))
        .withDescription("principal.account", "The account.")
        .optional(REGION, KindFields.region())
        .withDescription("principal", "The account, and the region to work in.")
        .optional(
            SIGN_IN_REGION,
            KindFields.region("The region whose sign-in page is used.")
                .withDefault(DEFAULT_REGION)
                .withLabel("sign-in region"))
        .optional(BrowserField.PATH, BrowserField.schema())
        .optional(EndpointUrl.PATH, EndpointUrl.schema())
        .withDescription("spec", "Settings of the identity.");
  }

  @Override
  public Description describe(Definition definition) {
    String account = definition.text(ACCOUNT).orElse(null);
    return Description.NONE
        .withAccount(account)
        .withRegion(definition.text(REGION).orElse(null))
        .withSubject(account);
  }

  @Override
  public Identity create(Definition definition, PluginContext context) {
    if (definition.section("via").isPresent()) {
      throw KindFailures.needsNoVia(definition);
    }
    return new Login(definition, Services.of(context));
  }

  private record Login(Definition definition, Services services) implements Identity {

    /** No field says who signs in. */
    @Override
    public Optional<Map<String, String>> cacheKey() {
      Map<String, String> fields =
          new TreeMap<>(definition.values(ACCOUNT, SIGN_IN_REGION, EndpointUrl.PATH));
      fields.putAll(ConfigDefinition.owner(definition, services.directories()));
      return Optional.of(fields);
    }

    @Override
    public Optional<String> region() {
      return definition.text(REGION);
    }

    @Override
    public boolean needsUser(Optional<Secret> savedState) {
      return ConsoleSession.of(savedState) == null;
    }

    @Override
    public Grant grant(StepRequest request) {
      if (request.dialog().isEmpty() && request.savedState().isEmpty()) {
        throw new AtmosException(
            ExitCode.SIGN_IN_REQUIRED,
            "not signed in to " + DisplayNames.quoted(definition.name()));
      }
      return new ConsoleSignIn(
              services,
              request,
              definition,
              definition.text(SIGN_IN_REGION).orElse(DEFAULT_REGION),
              definition.text(ACCOUNT).orElse(null),
              request.dialog().map(dialog -> BrowserField.of(definition, dialog)))
          .grant();
    }
  }
}
