package dev.atmos.aws.identity.console;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.KnownRegions;
import dev.atmos.aws.identity.identitycenter.PermissionSetType;
import dev.atmos.aws.identity.support.ConsoleDomain;
import dev.atmos.aws.identity.support.EndpointUrl;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.aws.identity.support.MetadataHttp.MetadataResponse;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.config.Definition;
import dev.atmos.services.Services;
import dev.atmos.services.auth.WebConsole;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import dev.atmos.text.json.FlatJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs a browser in by the console's endpoint for federation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html">Enable
 *     custom identity broker access to the AWS console</a>
 */
public final class AwsConsole implements WebConsole {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String WHAT = "the console's sign-in";

  /** A class, because all services are named on the token path, where a lambda costs more. */
  public static final class Factory implements Function<Services, WebConsole> {
    @Override
    public WebConsole apply(Services services) {
      return new AwsConsole(services);
    }
  }

  private final Services services;

  private AwsConsole(Services services) {
    this.services = services;
  }

  @Override
  public List<String> destinations() {
    return ConsolePages.names();
  }

  @Override
  public List<String> regions() {
    return KnownRegions.names();
  }

  @Override
  public String page(@Nullable String destination, String region) {
    return ConsolePages.address(destination, region);
  }

  @Override
  public Identity federation(Visit visit) {
    return new FederatedUser(services, visit);
  }

  @Override
  public Secret signIn(Visit visit, AwsCredentials credentials) {
    services.policy().ifPresent(policy -> policy.requireRegion("the console", visit.region()));
    AwsClients aws = new AwsClients(services, AwsLimits.ofCommand());
    boolean isKey = credentials.sessionToken() == null;
    AwsCredentials session =
        isKey ? new FederatedUser(services, visit).credentials(aws, credentials) : credentials;
    String base =
        aws.endpoint(target(visit, "Signin"))
                .map(URI::toString)
                .orElseGet(() ->
                    "https://" + ConsoleDomain.of(visit.region()).host("signin", visit.region()))
                .replaceFirst("/$", "")
            + "/federation?Action=";
    Secret token = token(visit, base, session, isKey ? null : visit.session());
    return Secret.of(
        base
            + "login&Issuer="
            + encoded(visit.issuer())
            + "&Destination="
            + encoded(visit.page())
            + "&SigninToken="
            + encoded(token.reveal()));
  }

  /** The token of a session of that length; null for as long as the credentials. */
  private Secret token(
      Visit visit, String base, AwsCredentials credentials, @Nullable Duration length) {
    Map<String, Secret> session = new LinkedHashMap<>();
    session.put("sessionId", Secret.of(credentials.accessKeyId()));
    session.put("sessionKey", credentials.secretAccessKey());
    if (credentials.sessionToken() != null) {
      session.put("sessionToken", credentials.sessionToken());
    }
    String query =
        "getSigninToken"
            + (length == null ? "" : "&SessionDuration=" + length.toSeconds())
            + "&Session="
            + encoded(FlatJson.write(session, Secret::reveal));
    MetadataResponse answer =
        new MetadataHttp(services, PATIENCE).ask(WHAT, "GET", URI.create(base + query), Map.of());
    if (answer.status() == 400 && length != null) {
      // A role that another role has assumed, for one: the credentials don't say so.
      services
          .console()
          .say(
              "AWS gives "
                  + subject(visit)
                  + " no session of another length: it lasts as long as the credentials");
      return token(visit, base, credentials, null);
    }
    if (answer.status() >= 400) {
      String name = visit.identity() == null ? "" : visit.identity().name();
      throw new AtmosException(
          answer.exitCode(),
          WHAT + " answered " + answer.status() + " for the credentials of " + subject(visit),
          answer.exitCode() == ExitCode.UNAVAILABLE || name.isEmpty()
              ? "try again"
              : "whose they are: atmos auth whoami " + ShellQuoting.word(name));
    }
    Secret token = answer.members().get("SigninToken");
    if (token == null || token.isEmpty()) {
      throw new AtmosException(
          ExitCode.UNAVAILABLE, WHAT + " gave no token for " + subject(visit), "try again");
    }
    return token;
  }

  /** A service, where the identity says, or else AWS's own. */
  static AwsTarget target(Visit visit, String service) {
    Definition identity = visit.identity();
    return AwsTarget.of(service, visit.region())
        .at(
            identity == null
                ? null
                : EndpointUrl.of(identity, PermissionSetType.FORMER_ENDPOINT_URL));
  }

  static String subject(Visit visit) {
    return visit.identity() == null
        ? "the environment"
        : "identity " + DisplayNames.quoted(visit.identity().name());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
