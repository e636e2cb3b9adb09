package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal;
import dev.atmos.loopback.aws.iam.OidcIssuer;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.iam.SecretRegistry;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.http.ServerRequest;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import dev.atmos.loopback.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a workload finds around it: the instance's metadata (EC2 User Guide, IMDSv2; version 1 is
 * off), the container's credentials (ECS task roles and EKS Pod Identity), and the tokens of a
 * GitHub Actions job. Each is absent until a test sets it.
 */
public final class WorkloadMetadata implements AwsService {
  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";
  private static final String GITHUB = "https://token.actions.githubusercontent.com";

  private final Iam iam;
  private final SecretRegistry secrets;
  private final OidcIssuer issuer;
  private final Supplier<String> url;
  private final Map<String, Instant> tokens = new HashMap<>();
  private @Nullable Role instance;
  private String region = "us-east-1";
  private @Nullable Role container;
  private @Nullable String containerToken;
  private @Nullable String jobSubject;
  private String jobToken = "";

  public WorkloadMetadata(
      Iam iam, SecretRegistry secrets, OidcIssuer issuer, Supplier<String> url) {
    this.iam = iam;
    this.secrets = secrets;
    this.issuer = issuer;
    this.url = url;
  }

  // ---- What a test sets ------------------------------------------------------------------------

  /** The workload runs on an instance with this role in this region. */
  public synchronized WorkloadMetadata instance(Role role, String region) {
    this.instance = role;
    this.region = region;
    return this;
  }

  /** For {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}. */
  public String instanceUrl() {
    return url.get();
  }

  /**
   * The workload runs in a container with this role.
   *
   * @param authorization the expected value of the header Authorization; null accepts any
   */
  public synchronized WorkloadMetadata container(Role role, @Nullable String authorization) {
    this.container = role;
    this.containerToken = authorization == null ? null : secrets.remember(authorization);
    return this;
  }

  /** For {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
  public String containerUrl() {
    return url.get() + containerPath();
  }

  /** For {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}. */
  public String containerPath() {
    return "/v2/credentials/0b9d0d7e-0000-4000-8000-000000000000";
  }

  /** The workload is a job of GitHub Actions, whose tokens have this subject. */
  public synchronized WorkloadMetadata job(String subject) {
    this.jobSubject = subject;
    this.jobToken = secrets.urlSafe(100);
    return this;
  }

  /** For {@code ACTIONS_ID_TOKEN_REQUEST_URL}. */
  public String jobUrl() {
    return url.get() + "/github/idtoken?api-version=2.0";
  }

  /** For {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}. */
  public synchronized String jobToken() {
    return jobToken;
  }

  // ---- What it answers -------------------------------------------------------------------------

  @Override
  public synchronized ServerResponse perform(AwsCall call) {
    return switch (call.operation()) {
      case GET_METADATA_TOKEN -> instanceToken(call);
      case GET_METADATA -> instanceMetadata(call);
      case GET_CONTAINER_CREDENTIALS -> containerCredentials(call);
      default -> jobIdToken(call);
    };
  }

  private ServerResponse instanceToken(AwsCall call) {
    String ttl = call.request().header("x-aws-ec2-metadata-token-ttl-seconds").orElse("missing");
    if (!ttl.matches("\\d{1,5}") || Integer.parseInt(ttl) < 1 || Integer.parseInt(ttl) > 21600) {
      return text(400, "400 - Bad Request");
    }
    String token = secrets.urlSafe(56);
    tokens.put(token, call.now().plusSeconds(Integer.parseInt(ttl)));
    return text(200, token).header("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", ttl);
  }

  private ServerResponse instanceMetadata(AwsCall call) {
    String token = call.request().header("x-aws-ec2-metadata-token").orElse("");
    Instant expires = tokens.get(token);
    if (expires == null || !call.now().isBefore(expires)) {
      return text(401, "401 - Unauthorized");
    }
    String path = call.request().path();
    Role role = instance;
    if (role == null) {
      return text(404, "404 - Not Found");
    }
    if (path.equals(CREDENTIALS) || (path + "/").equals(CREDENTIALS)) {
      return text(200, role.name());
    }
    if (path.equals(CREDENTIALS + role.name())) {
      JsonObject credentials =
          new JsonObject()
              .with("Code", "Success")
              .with("LastUpdated", call.now().truncatedTo(ChronoUnit.SECONDS).toString())
              .with("Type", "AWS-HMAC");
      credentials.withAll(credentials(role, "i-0123456789abcdef0", call.now()));
      return text(200, StrictJson.write(credentials));
    }
    return switch (path) {
      case "/latest/meta-data/placement/region" -> text(200, region);
      case "/latest/meta-data/placement/availability-zone",
          "/latest/meta-data/placement/availability-zone/" ->
          text(200, region + "a");
      case "/latest/dynamic/instance-identity/document" ->
          text(
              200,
              StrictJson.write(
                  new JsonObject().with("region", region).with("accountId", role.account())));
      default -> text(404, "404 - Not Found");
    };
  }

  private ServerResponse containerCredentials(AwsCall call) {
    Role role = container;
    if (role == null || !call.request().rawPath().equals(containerPath())) {
      throw new AwsException(404, "NotFound", "There are no credentials here");
    }
    String sent = call.request().header("authorization").orElse(null);
    if (containerToken != null && !containerToken.equals(sent)) {
      throw new AwsException(401, "Unauthorized", "The authorization token is missing or wrong");
    }
    JsonObject credentials = credentials(role, "task", call.now());
    credentials.with("RoleArn", role.arn());
    credentials.with("AccountId", role.account());
    return ServerResponse.json(200, credentials);
  }

  private ServerResponse jobIdToken(AwsCall call) {
    String subject = jobSubject;
    ServerRequest request = call.request();
    if (subject == null || !request.bearerToken().orElse("").equals(jobToken)) {
      throw new AwsException(401, "Unauthorized", "The request token is missing or wrong");
    }
    String audience = request.query("audience").orElse("https://github.com/acme");
    OidcIssuer.Claims claims = new OidcIssuer.Claims(GITHUB, subject, audience);
    String token = issuer.issue(claims, call.now(), Duration.ofMinutes(5));
    return ServerResponse.json(200, new JsonObject().with("count", 1).with("value", token));
  }

  private JsonObject credentials(Role role, String session, Instant now) {
    Instant expires = now.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    iam.add(role);
    AccessKey key = iam.issue(IamPrincipal.session(role, session), expires).key();
    return new JsonObject()
        .with("AccessKeyId", key.id())
        .with("SecretAccessKey", key.secret())
        .with("Token", Objects.requireNonNull(key.sessionToken()))
        .with("Expiration", expires.toString());
  }

  private static ServerResponse text(int status, String text) {
    return ServerResponse.of(status, "text/plain", text);
  }
}
