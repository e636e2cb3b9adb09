package dev.atmos.loopback.aws.service;

import static dev.atmos.loopback.aws.protocol.Operation.ASSUME_ROLE;
import static dev.atmos.loopback.aws.protocol.Operation.ASSUME_ROOT;
import static dev.atmos.loopback.aws.protocol.Operation.GET_FEDERATION_TOKEN;
import static dev.atmos.loopback.aws.protocol.Operation.GET_SESSION_TOKEN;
import static dev.atmos.loopback.aws.service.StsForm.invalid;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Iam;
import dev.atmos.loopback.aws.iam.IamPrincipal;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.MfaDevice;
import dev.atmos.loopback.aws.iam.OidcIssuer;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.AwsProtocol;
import dev.atmos.loopback.aws.protocol.CommonError;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** STS (API reference; IAM User Guide, "Request temporary security credentials"). */
public final class Sts implements AwsService {
  private static final int HOUR = 3600;
  private static final int SHORTEST = 900;
  private static final Set<String> ROOT_TASKS =
      Set.of(
          "IAMAuditRootUserCredentials",
          "IAMCreateRootUserPassword",
          "IAMDeleteRootUserCredentials",
          "S3UnlockBucketPolicy",
          "SQSUnlockQueuePolicy");

  private final Iam iam;
  private final OidcIssuer issuer;

  public Sts(Iam iam, OidcIssuer issuer) {
    this.iam = iam;
    this.issuer = issuer;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    StsForm form = StsForm.of(call.request());
    return switch (call.operation()) {
      case ASSUME_ROLE -> call.result(assumeRole(call, form));
      case ASSUME_ROLE_WITH_WEB_IDENTITY -> call.result(assumeRoleWithWebIdentity(call, form));
      case ASSUME_ROOT -> call.result(assumeRoot(call, form));
      case GET_FEDERATION_TOKEN -> call.result(getFederationToken(call, form));
      case GET_SESSION_TOKEN -> call.result(getSessionToken(call, form));
      default -> getCallerIdentity(call);
    };
  }

  private static ServerResponse getCallerIdentity(AwsCall call) {
    IamPrincipal caller = call.signed().principal();
    JsonObject result =
        new JsonObject()
            .with("Arn", caller.arn())
            .with("UserId", caller.userId())
            .with("Account", caller.account());
    if (call.request().header("accept").orElse("").contains("application/json")) {
      // As aws-iam-authenticator asks for it.
      JsonObject response = new JsonObject().with("GetCallerIdentityResult", result);
      return ServerResponse.json(200, new JsonObject().with("GetCallerIdentityResponse", response));
    }
    return call.result(result);
  }

  private JsonObject assumeRole(AwsCall call, StsForm form) {
    IamPrincipal caller = call.signed().principal();
    String arn = form.required("RoleArn");
    String session = form.sessionName();
    int seconds = form.seconds(HOUR, SHORTEST, 12 * HOUR);
    if (caller.kind() == IamPrincipal.Kind.ROOT) {
      throw denied("Roles may not be assumed by root accounts.");
    }
    iam.authorize(caller, ASSUME_ROLE, arn);
    boolean mfa = caller.mfa() || hasCode(form, caller, call.now());
    String externalId = form.text("ExternalId");
    Role role =
        iam.role(arn)
            .filter(known -> known.trust().allows(caller, externalId, mfa))
            .orElseThrow(() -> Iam.denial(caller, ASSUME_ROLE, arn));
    Map<String, String> tags = form.tags();
    if (!tags.isEmpty() && !role.trust().allowsTags()) {
      throw denied(
          "User: %s is not authorized to perform: sts:TagSession on resource: %s"
              .formatted(caller.arn(), arn));
    }
    if (caller.transitiveTags().keySet().stream().anyMatch(tags::containsKey)) {
      throw invalid(
          "One of the specified transitive tag keys can't be set because it conflicts with a"
              + " transitive tag key from the calling session.");
    }
    String inherited = caller.sourceIdentity();
    String named = form.text("SourceIdentity");
    String source = named == null ? inherited : named;
    if (inherited != null && !inherited.equals(source)) {
      throw Iam.denial(caller, ASSUME_ROLE, arn);
    }
    // A role that is assumed with any temporary credentials is chained, those of a user included.
    if (caller.kind() != IamPrincipal.Kind.USER && seconds > HOUR) {
      throw invalid(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.");
    }
    requireWithin(role, seconds);
    Map<String, String> transitive = new HashMap<>(caller.transitiveTags());
    for (String key : form.list("TransitiveTagKeys.member.%d")) {
      String value = tags.get(key);
      if (value == null) {
        throw invalid("The specified transitive tag key must be included in the requested tags.");
      }
      transitive.put(key, value);
    }
    IamPrincipal assumed = IamPrincipal.session(role, session, transitive, source, mfa);
    if (caller.kind() != IamPrincipal.Kind.USER) {
      assumed = assumed.chained();
    }
    JsonObject result = new JsonObject().with("AssumedRoleUser", assumedRoleUser(assumed));
    putCredentials(result, assumed, seconds, call.now());
    result.with("PackedPolicySize", tags.size());
    if (source != null) {
      result.with("SourceIdentity", source);
    }
    return result;
  }

  private JsonObject assumeRoleWithWebIdentity(AwsCall call, StsForm form) {
    String arn = form.required("RoleArn");
    String session = form.sessionName();
    int seconds = form.seconds(HOUR, SHORTEST, 12 * HOUR);
    OidcIssuer.Claims claims = issuer.verify(form.required("WebIdentityToken"), call.now());
    AwsException denied = denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    Role role =
        iam.role(arn).filter(known -> known.trust().audience() != null).orElseThrow(() -> denied);
    if (!claims.audience().equals(role.trust().audience())) {
      throw new AwsException(400, "InvalidIdentityToken", "Incorrect token audience");
    }
    if (!role.trust().allowsSubject(claims.subject())) {
      throw denied;
    }
    requireWithin(role, seconds);
    IamPrincipal assumed = IamPrincipal.session(role, session);
    JsonObject result =
        new JsonObject()
            .with("AssumedRoleUser", assumedRoleUser(assumed))
            .with("Audience", claims.audience())
            .with("Provider", claims.issuer())
            .with("SubjectFromWebIdentityToken", claims.subject());
    putCredentials(result, assumed, seconds, call.now());
    return result;
  }

  private JsonObject assumeRoot(AwsCall call, StsForm form) {
    IamPrincipal caller = call.signed().principal();
    String target = form.required("TargetPrincipal");
    String account = target.replaceFirst("^arn:[a-z-]+:iam::(\\d{12}):root$", "$1");
    if (!account.matches("\\d{12}")) {
      throw invalid("Invalid target principal: " + target);
    }
    String task = form.required("TaskPolicyArn.arn");
    if (!ROOT_TASKS.contains(task.replaceFirst("^arn:[a-z-]+:iam::aws:policy/root-task/", ""))) {
      throw invalid("Invalid task policy: " + task);
    }
    int seconds = form.seconds(SHORTEST, 0, SHORTEST);
    IamPrincipal root = caller.root(account);
    if (caller.kind() == IamPrincipal.Kind.USER_SESSION) {
      // Of STS, these sessions can call AssumeRole and GetCallerIdentity only.
      throw Iam.denial(caller, ASSUME_ROOT, root.arn());
    }
    iam.authorize(caller, ASSUME_ROOT, root.arn());
    JsonObject result = new JsonObject();
    putCredentials(result, root, seconds, call.now());
    return result;
  }

  private JsonObject getSessionToken(AwsCall call, StsForm form) {
    IamPrincipal caller = call.signed().principal();
    if (caller.kind() != IamPrincipal.Kind.USER) {
      throw denied("Cannot call GetSessionToken with session credentials");
    }
    int seconds = form.seconds(12 * HOUR, SHORTEST, 36 * HOUR);
    iam.authorize(caller, GET_SESSION_TOKEN, "*");
    JsonObject result = new JsonObject();
    putCredentials(
        result, caller.userSession(hasCode(form, caller, call.now())), seconds, call.now());
    return result;
  }

  private JsonObject getFederationToken(AwsCall call, StsForm form) {
    IamPrincipal caller = call.signed().principal();
    String name = form.required("Name");
    if (!name.matches("[\\w+=,.@-]{2,32}")) {
      throw StsForm.constraint(
          "Value '" + name + "' at 'name'", "Member must have length less than or equal to 32");
    }
    if (caller.kind() != IamPrincipal.Kind.USER) {
      throw denied("Cannot call GetFederationToken with session credentials");
    }
    int seconds = form.seconds(12 * HOUR, SHORTEST, 36 * HOUR);
    iam.authorize(caller, GET_FEDERATION_TOKEN, "*");
    if (form.text("Policy") == null) {
      // Such a session may do nothing.
      throw denied("the stand-in wants a session policy");
    }
    IamPrincipal federated = caller.federated(name);
    JsonObject result =
        new JsonObject()
            .with(
                "FederatedUser",
                new JsonObject()
                    .with("FederatedUserId", federated.userId())
                    .with("Arn", federated.arn()));
    putCredentials(result, federated, seconds, call.now());
    return result;
  }

  /** Whether the request has an MFA code. Fails if it isn't the right one. */
  private boolean hasCode(StsForm form, IamPrincipal caller, Instant now) {
    String serial = form.text("SerialNumber");
    String code = form.text("TokenCode");
    if (serial == null && code == null) {
      return false;
    }
    MfaDevice device = iam.user(caller.policyArn()).map(IamUser::mfa).orElse(null);
    if (device == null || !device.serial().equals(serial)) {
      throw denied(
          "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA"
              + " serial number is valid and associated with this user.");
    }
    if (code == null) {
      throw denied(
          "MultiFactorAuthentication failed, must provide both MFA serial number and"
              + " one time pass code.");
    }
    if (!code.matches("\\d{6}")) {
      throw StsForm.constraint(
          "Value '" + code + "' at 'tokenCode'",
          "Member must satisfy regular expression pattern: [\\d]*");
    }
    if (!iam.acceptCode(device, code, now)) {
      throw denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    }
    return true;
  }

  private static void requireWithin(Role role, int seconds) {
    if (seconds > role.maxSession().toSeconds()) {
      throw invalid(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  private static JsonObject assumedRoleUser(IamPrincipal assumed) {
    return new JsonObject().with("AssumedRoleId", assumed.userId()).with("Arn", assumed.arn());
  }

  private void putCredentials(JsonObject result, IamPrincipal principal, int seconds, Instant now) {
    Instant expires = now.plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    AccessKey key = iam.issue(principal, expires).key();
    JsonObject credentials =
        new JsonObject()
            .with("AccessKeyId", key.id())
            .with("SecretAccessKey", key.secret())
            .with("SessionToken", Objects.requireNonNull(key.sessionToken()))
            .with("Expiration", expires.toString());
    result.with("Credentials", credentials);
  }

  private static AwsException denied(String message) {
    return CommonError.DENIED.in(AwsProtocol.QUERY, message);
  }
}
