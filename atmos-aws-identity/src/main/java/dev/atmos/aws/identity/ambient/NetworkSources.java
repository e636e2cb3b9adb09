package dev.atmos.aws.identity.ambient;

import dev.atmos.aws.PrivateUrl;
import dev.atmos.aws.identity.support.IssuedCredentials;
import dev.atmos.aws.identity.support.MetadataHttp;
import dev.atmos.aws.identity.support.MetadataHttp.MetadataResponse;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.base.Secret;
import dev.atmos.services.Services;
import dev.atmos.services.system.FileReason;
import dev.atmos.text.Rfc3339;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that the environment offers over a network: of a container (ECS, EKS Pod
 * Identity) or an instance (EC2).
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">AWS
 *     SDKs and Tools, standardized credential providers</a>
 */
final class NetworkSources {
  private static final int MOST_BYTES = 256 * 1024;
  private static final Set<String> CONTAINER_HOSTS =
      Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");
  private static final String ECS = "http://169.254.170.2";
  private static final String INSTANCE = "http://169.254.169.254";
  private static final String INSTANCE_IPV6 = "http://[fd00:ec2::254]";
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final String INSTANCE_SERVICE = "the instance metadata service";
  private static final String INSTANCE_ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  static final String RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  private final AmbientEnvironment environment;
  private final Services services;

  NetworkSources(AmbientEnvironment environment) {
    this.environment = environment;
    this.services = environment.services();
  }

  /**
   * Those of {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code _FULL_URI}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
   *     credential provider</a>
   */
  AwsCredentials container() {
    String relative = environment.variable(RELATIVE_URI);
    URI uri =
        relative == null
            ? uri(FULL_URI, String.valueOf(environment.variable(FULL_URI)))
            : uri(RELATIVE_URI, ECS + relative);
    boolean isOfContainers =
        "http".equals(uri.getScheme()) && CONTAINER_HOSTS.contains(uri.getHost());
    if (!isOfContainers && !PrivateUrl.is(uri)) {
      throw new AtmosException(
          ExitCode.USAGE,
          FULL_URI + " is neither https:// nor an address that AWS gives containers");
    }
    Map<String, Secret> headers = new LinkedHashMap<>();
    headers.put("Accept", Secret.of("application/json"));
    String tokenFile = environment.variable(TOKEN_FILE);
    String token = environment.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (tokenFile != null) {
      headers.put("Authorization", file(TOKEN_FILE, tokenFile));
    } else if (token != null) {
      headers.put("Authorization", Secret.of(token));
    }
    MetadataHttp http = new MetadataHttp(services, Duration.ofSeconds(2));
    String what = "the container's credentials";
    return credentials(what, http.ask("for " + what, "GET", uri, headers));
  }

  /**
   * Those of this instance's role, by version 2 of its metadata service; null if this isn't an
   * instance, or it has no role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">EC2,
   *     access instance metadata</a>
   */
  @Nullable AwsCredentials instance() {
    if ("true".equalsIgnoreCase(environment.variable("AWS_EC2_METADATA_DISABLED"))) {
      return null;
    }
    MetadataResponse token;
    try {
      Secret lifetime = Secret.of("300");
      token =
          instance(
              "PUT", "/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", lifetime));
    } catch (AtmosException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        // No answer, so this isn't an instance.
        services.console().debug(e.sentence());
        return null;
      }
      throw e;
    }
    if (isOff(token.status())) {
      services.console().debug(INSTANCE_SERVICE + " is off: it answered " + token.status());
      return null;
    }
    Map<String, Secret> headers =
        Map.of("X-aws-ec2-metadata-token", accepted(INSTANCE_SERVICE, token).body());
    MetadataResponse roles = instance("GET", ROLES, headers);
    if (roles.status() == 404) {
      return null;
    }
    String role =
        accepted(INSTANCE_SERVICE, roles).body().reveal().lines().findFirst().orElse("").strip();
    return role.isEmpty()
        ? null
        : credentials("the instance's credentials", instance("GET", ROLES + role, headers));
  }

  /** Asks the metadata service of this instance. */
  private MetadataResponse instance(String method, String path, Map<String, Secret> headers) {
    String named = environment.variable(INSTANCE_ENDPOINT);
    String mode = environment.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    String base = named != null ? named : "IPv6".equalsIgnoreCase(mode) ? INSTANCE_IPV6 : INSTANCE;
    String text = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return new MetadataHttp(services, Duration.ofSeconds(1))
        .ask(INSTANCE_SERVICE, method, uri(INSTANCE_ENDPOINT, text + path), headers);
  }

  /** Whether a metadata service is switched off, or something else answers at its address. */
  private static boolean isOff(int status) {
    return status == 403 || status == 404 || status == 405;
  }

  private static AwsCredentials credentials(String what, MetadataResponse answer) {
    Map<String, Secret> members = accepted("for " + what, answer).members();
    String expiry = text(members.get("Expiration"));
    return IssuedCredentials.of(
        "get " + what,
        text(members.get("AccessKeyId")),
        text(members.get("SecretAccessKey")),
        text(members.get("Token")),
        expiry == null ? null : Rfc3339.parse(expiry));
  }

  private static @Nullable String text(@Nullable Secret member) {
    return member == null ? null : member.reveal();
  }

  private static MetadataResponse accepted(String what, MetadataResponse answer) {
    if (answer.status() == 200) {
      return answer;
    }
    throw new AtmosException(
        answer.exitCode(), "could not ask " + what + ": it answered " + answer.status());
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

  /**
   * The text of a file.
   *
   * @param variable what names the file, for messages
   */
  Secret file(String variable, String path) {
    try {
      Optional<byte[]> content =
          services
              .files()
              .read(services.directories().workingDirectory().resolve(path), MOST_BYTES);
      Secret token =
          Secret.of(new String(content.orElse(new byte[0]), StandardCharsets.UTF_8).strip());
      if (token.isEmpty()) {
        throw new AtmosException(
            ExitCode.SIGN_IN_REQUIRED,
            variable + " names a file that " + (content.isEmpty() ? "does not exist" : "is empty"));
      }
      return token;
    } catch (IOException e) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "the file of " + variable + " " + FileReason.of(e), null, e);
    } catch (InvalidPathException e) {
      throw new AtmosException(ExitCode.USAGE, variable + " is not a path");
    }
  }
}
