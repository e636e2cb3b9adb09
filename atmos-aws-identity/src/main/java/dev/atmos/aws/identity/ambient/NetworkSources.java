package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.AwsClients;
import dev.atmos.aws.AwsLimits;
import dev.atmos.aws.AwsTarget;
import dev.atmos.aws.identity.support.IssuedCredentials;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.aws.identity.support.MetadataHttp.MetadataResponse;
import dev.atmos.aws.identity.support.SessionNames;
import dev.atmos.aws.identity.support.StsSupport;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.text.Rfc3339;
import dev.atmos.text.json.FlatJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The credentials that the environment offers over a network: of a web identity (IAM roles for
 * service accounts), a container (ECS, EKS Pod Identity) or an instance (EC2).
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">AWS
 *     SDKs and Tools, standardized credential providers</a>
 */
final class NetworkSources {
  private static final int MOST_BYTES = 256 * 1024;
  private static final String ECS = "http://169.254.170.2";
  private static final String INSTANCE = "http://169.254.169.254";
  private static final String INSTANCE_IPV6 = "http://[fd00:ec2::254]";
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  private final Services services;

  NetworkSources(Services services) {
    this.services = services;
  }

  /**
   * Assumes a role with the token in a file.
   *
   * @param source the variable or property that names the file, for messages
   */
  AwsCredentials webIdentity(String source, String tokenFile, String roleArn) {
    Secret token = file(source, tokenFile);
    String named = variable("AWS_REGION");
    String region = named == null ? variable("AWS_DEFAULT_REGION") : named;
    String name = variable("AWS_ROLE_SESSION_NAME");
    AwsClients aws = new AwsClients(services, AwsLimits.ofToken());
    AwsTarget target =
        AwsTarget.of("STS", region == null ? StsSupport.defaultRegion(roleArn) : region);
    try (StsClient sts = aws.client(StsClient.builder(), target, null)) {
      return StsSupport.credentials(
          "credentials for the web identity of this environment",
          aws.call(
                  "assume " + roleArn + " with the web identity of this environment",
                  () ->
                      sts.assumeRoleWithWebIdentity(call ->
                          call.roleArn(roleArn)
                              .roleSessionName(
                                  SessionNames.of(
                                      name == null
                                          ? "atmos-" + services.clock().instant().getEpochSecond()
                                          : name))
                              .webIdentityToken(token.reveal())))
              .credentials());
    }
  }

  /**
   * Those of {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code _FULL_URI}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
   *     credential provider</a>
   */
  AwsCredentials container() {
    String relative = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    String full = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    URI uri =
        relative != null
            ? uri("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ECS + relative)
            : uri("AWS_CONTAINER_CREDENTIALS_FULL_URI", String.valueOf(full));
    if (!isContainerHost(uri)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https:// nor an address that AWS gives"
              + " containers");
    }
    Map<String, Secret> headers = new LinkedHashMap<>();
    headers.put("Accept", Secret.of("application/json"));
    String tokenFile = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    String token = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (tokenFile != null) {
      headers.put("Authorization", file("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile));
    } else if (token != null) {
      headers.put("Authorization", Secret.of(token));
    }
    String what = "for the container's credentials";
    MetadataResponse answer =
        new MetadataHttp(services, Duration.ofSeconds(2)).ask(what, "GET", uri, headers);
    return credentials("the container's credentials", answer);
  }

  private static boolean isContainerHost(URI uri) {
    String host = uri.getHost();
    return MetadataHttp.isPrivate(uri)
        || ("http".equals(uri.getScheme())
            && ("169.254.170.2".equals(host)
                || "169.254.170.23".equals(host)
                || "[fd00:ec2::23]".equals(host)));
  }

  /**
   * Those of this instance's role, by version 2 of its metadata service; empty if this isn't an
   * instance, or it has no role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">EC2,
   *     access instance metadata</a>
   */
  Optional<AwsCredentials> instance() {
    if ("true".equalsIgnoreCase(variable("AWS_EC2_METADATA_DISABLED"))) {
      return Optional.empty();
    }
    String named = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    String mode = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    String base = named != null ? named : "IPv6".equalsIgnoreCase(mode) ? INSTANCE_IPV6 : INSTANCE;
    if (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    MetadataHttp http = new MetadataHttp(services, Duration.ofSeconds(1));
    String what = "the instance metadata service";
    String variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    MetadataResponse token;
    try {
      token =
          http.ask(
              what,
              "PUT",
              uri(variable, base + "/latest/api/token"),
              Map.of("X-aws-ec2-metadata-token-ttl-seconds", Secret.of("300")));
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        // No answer, so this isn't an instance.
        services.console().debug(e.sentence());
        return Optional.empty();
      }
      throw e;
    }
    if (isOff(token.status())) {
      services.console().debug(what + " is off: it answered " + token.status());
      return Optional.empty();
    }
    if (token.status() != 200) {
      throw refused(what, token.status());
    }
    Map<String, Secret> headers = Map.of("X-aws-ec2-metadata-token", token.body());
    MetadataResponse roles = http.ask(what, "GET", uri(variable, base + ROLES), headers);
    if (roles.status() == 404) {
      return Optional.empty();
    }
    if (roles.status() != 200) {
      throw refused(what, roles.status());
    }
    String role = roles.body().reveal().lines().findFirst().orElse("").strip();
    if (role.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        credentials(
            "the instance's credentials",
            http.ask(what, "GET", uri(variable, base + ROLES + role), headers)));
  }

  /** Whether a metadata service is switched off, or something else answers at its address. */
  private static boolean isOff(int status) {
    return status == 403 || status == 404 || status == 405;
  }

  private AwsCredentials credentials(String what, MetadataResponse answer) {
    if (answer.status() != 200) {
      throw refused("for " + what, answer.status());
    }
    Map<String, Secret> members =
        FlatJson.read(answer.body().reveal(), Secret::of).orElse(Map.of());
    String expiry = text(members.get("Expiration"));
    return IssuedCredentials.of(
        what,
        text(members.get("AccessKeyId")),
        text(members.get("SecretAccessKey")),
        text(members.get("Token")),
        expiry == null ? null : Rfc3339.parse(expiry));
  }

  private static @Nullable String text(@Nullable Secret member) {
    return member == null ? null : member.reveal();
  }

  private static AtmosException refused(String what, int status) {
    return new AtmosException(
        status >= 500 || status == 429 ? ExitCode.UNAVAILABLE : ExitCode.DENIED,
        "could not ask " + what + ": it answered " + status);
  }

  private static URI uri(String variable, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && uri.getScheme() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Not a URL at all: reported below.
    }
    throw new AtmosException(ExitCode.USAGE, variable + " is not a URL");
  }

  private Secret file(String variable, String path) {
    try {
      Optional<byte[]> content =
          services
              .files()
              .read(services.directories().workingDirectory().resolve(path), MOST_BYTES);
      if (content.isPresent()) {
        Secret token = Secret.of(new String(content.get(), StandardCharsets.UTF_8).strip());
        if (!token.isEmpty()) {
          return token;
        }
      }
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED,
          variable + " names a file that " + (content.isEmpty() ? "does not exist" : "is empty"));
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "the file of " + variable + " " + e.getMessage(), null, e);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path");
    }
  }

  private @Nullable String variable(String name) {
    String value = services.environment().get(name).orElse("").strip();
    return value.isEmpty() ? null : value;
  }
}
