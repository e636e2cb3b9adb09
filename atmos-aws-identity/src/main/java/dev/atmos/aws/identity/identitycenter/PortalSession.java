package dev.atmos.aws.identity.identitycenter;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.GrantRefusedException;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Effect;
import dev.atmos.plugin.config.Position;
import dev.atmos.plugin.config.Source;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigDefinition;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import dev.atmos.services.config.StartUrl;
import dev.atmos.services.config.TrustPolicy;
import dev.atmos.text.DisplayNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in at an access portal that a profile of the AWS CLI names: that of the AWS CLI while it
 * is live, or else one of our own, which is kept with the identity.
 */
public final class PortalSession {
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Services services;
  private final StepRequest request;
  private final String name;
  private final String subject;
  private final String cacheName;
  private final String startUrl;
  private final String region;
  private @Nullable String portalUrl;
  private @Nullable String signInUrl;

  /**
   * @param name the profile's name, for messages
   * @param cacheName what the AWS CLI calls the sign-in by: the session's name or the start URL
   */
  public PortalSession(
      Services services,
      StepRequest request,
      String name,
      String cacheName,
      String startUrl,
      String region) {
    this.services = services;
    this.request = request;
    this.name = name;
    this.subject = "profile " + DisplayNames.quoted(name);
    this.cacheName = cacheName;
    this.startUrl = startUrl;
    this.region = region;
  }

  /** With URLs in place of AWS's own; null for those. */
  public PortalSession atEndpoints(@Nullable String portal, @Nullable String signIn) {
    portalUrl = portal;
    signInUrl = signIn;
    return this;
  }

  /**
   * Credentials of a permission set; empty if the user has to sign in and can't be asked.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the policy of the machine doesn't allow
   *     the portal
   */
  public Optional<AwsCredentials> credentials(String account, String permissionSet) {
    services.policy().ifPresent(policy -> policy.requireUrl(subject, startUrl));
    Optional<Token> borrowed =
        SsoTokenCache.named(services, cacheName, StartUrl.normalized(startUrl), region);
    if (borrowed.isPresent()) {
      try {
        return Optional.of(credentials(borrowed.get(), account, permissionSet));
      } catch (GrantRefusedException e) {
        // The session was ended elsewhere, as if it had expired.
        services.console().debug("the sign-in of the AWS CLI: " + e.sentence());
      }
    }
    if (request.dialog().isEmpty() && request.savedState().isEmpty()) {
      return Optional.empty();
    }
    try {
      Token own = new IdentityCenterSignIn(services, request, definition()).grant();
      return Optional.of(credentials(own, account, permissionSet));
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.SIGN_IN_REQUIRED && request.dialog().isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private AwsCredentials credentials(Token token, String account, String permissionSet) {
    AwsClients aws = new AwsClients(services, AwsLimits.ofStep(request));
    try (SsoPortalClient portal = new SsoPortalClient(aws, region, portalUrl, token)) {
      return portal.credentials(
          subject, account, permissionSet, services.clock().instant().plus(LONGEST));
    }
  }

  /** What a provider of this portal would say. */
  private Definition definition() {
    Position nowhere = new Position(new Source("", ""), 1, 1);
    Map<String, ConfigMap.Entry> fields = new LinkedHashMap<>();
    put(fields, IdentityCenterType.START_URL, startUrl, nowhere);
    put(fields, IdentityCenterType.REGION, region, nowhere);
    if (signInUrl != null) {
      int dot = EndpointUrl.PATH.indexOf('.');
      Map<String, ConfigMap.Entry> spec = new LinkedHashMap<>();
      put(spec, EndpointUrl.PATH.substring(dot + 1), signInUrl, nowhere);
      fields.put(
          EndpointUrl.PATH.substring(0, dot),
          new ConfigMap.Entry(nowhere, new ConfigMap(spec, nowhere)));
    }
    return new ConfigDefinition(
        name,
        new ConfigMap(fields, nowhere),
        new ConfigDefinition.ConfigContext(new OfTheUser(), services, null));
  }

  private static void put(
      Map<String, ConfigMap.Entry> fields, String key, String text, Position nowhere) {
    fields.put(key, new ConfigMap.Entry(nowhere, new ConfigText(text, false, nowhere)));
  }

  /** The files of the AWS CLI are the user's own. */
  private record OfTheUser() implements TrustPolicy {
    @Override
    public boolean isTrusted(Position position) {
      return true;
    }

    @Override
    public void require(Effect effect, Position position, String value) {}
  }
}
