package dev.atmos.loopback.aws;

import static dev.atmos.loopback.aws.Operation.ASSUME_ROLE;
import static dev.atmos.loopback.aws.Operation.ASSUME_ROLE_WITH_WEB_IDENTITY;
import static dev.atmos.loopback.aws.Operation.ASSUME_ROOT;
import static dev.atmos.loopback.aws.Operation.GET_CALLER_IDENTITY;
import static dev.atmos.loopback.aws.Operation.GET_SESSION_TOKEN;

import dev.atmos.loopback.AccessKey;
import dev.atmos.loopback.Json;
import dev.atmos.loopback.http.Answer;
import dev.atmos.loopback.http.Request;
import dev.atmos.loopback.http.Request.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** STS (API reference; IAM User Guide, "Request temporary security credentials"). */
final class Sts implements Service {
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
  private final TokenIssuer issuer;

  Sts(Iam iam, TokenIssuer issuer) {
    this.iam = iam;
    this.issuer = issuer;
  }

  /** The operation of a request to the path of STS, if it names one. */
  static Optional<Operation> operation(Request request) {
    List<Parameter> all = parameters(request);
    String action = Request.first(all, "Action").orElse("");
    return List.of(
            GET_CALLER_IDENTITY,
            ASSUME_ROLE,
            ASSUME_ROLE_WITH_WEB_IDENTITY,
            ASSUME_ROOT,
            GET_SESSION_TOKEN)
        .stream()
        .filter(operation -> operation.action().equals(action))
        .filter(operation -> Request.first(all, "Version").orElse("").equals("2011-06-15"))
        .findFirst();
  }

  private static List<Parameter> parameters(Request request) {
    List<Parameter> all = new ArrayList<>(request.query());
    all.addAll(request.form());
    return all;
  }

  @Override
  public Answer perform(Call call) {
    Form form = new Form(parameters(call.request()));
    return switch (call.operation()) {
      case ASSUME_ROLE -> call.result(assumeRole(call, form));
      case ASSUME_ROLE_WITH_WEB_IDENTITY -> call.result(assumeRoleWithWebIdentity(call, form));
      case ASSUME_ROOT -> call.result(assumeRoot(call, form));
      case GET_SESSION_TOKEN -> call.result(getSessionToken(call, form));
      default -> getCallerIdentity(call);
    };
  }

  private static Answer getCallerIdentity(Call call) {
    Identity who = call.signed().credential().identity();
    Map<String, Object> result =
        Json.object("Arn", who.arn(), "UserId", who.userId(), "Account", who.account());
    if (call.request().header("accept").orElse("").contains("application/json")) {
      // As aws-iam-authenticator asks for it.
      Map<String, Object> response = Json.object("GetCallerIdentityResult", result);
      return Answer.of(
          200, "application/json", Json.write(Json.object("GetCallerIdentityResponse", response)));
    }
    return call.result(result);
  }

  private Map<String, Object> assumeRole(Call call, Form form) {
    Identity who = call.signed().credential().identity();
    String arn = form.required("RoleArn");
    String session = form.sessionName();
    int seconds = form.seconds(HOUR, SHORTEST, 12 * HOUR);
    if (who.kind() == Identity.Kind.ROOT) {
      throw denied("Roles may not be assumed by root accounts.");
    }
    iam.authorize(who, ASSUME_ROLE, arn);
    boolean mfa = who.mfa() || showsCode(form, who, call.now());
    String externalId = form.text("ExternalId");
    Role role =
        iam.role(arn)
            .filter(known -> known.trusts(who))
            .filter(known -> known.externalId() == null || known.externalId().equals(externalId))
            .filter(known -> mfa || !known.needsMfa())
            .orElseThrow(() -> Iam.denial(who, ASSUME_ROLE, arn));
    Map<String, String> tags = form.tags();
    if (!tags.isEmpty() && !role.tagSessions()) {
      throw denied(
          "User: %s is not authorized to perform: sts:TagSession on resource: %s"
              .formatted(who.arn(), arn));
    }
    for (String inherited : who.transitiveTags().keySet()) {
      if (tags.containsKey(inherited)) {
        throw invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a"
                + " transitive tag key from the calling session.");
      }
    }
    String source = form.text("SourceIdentity");
    if (source != null && who.sourceIdentity() != null && !source.equals(who.sourceIdentity())) {
      throw Iam.denial(who, ASSUME_ROLE, arn);
    }
    if (who.kind() == Identity.Kind.ROLE && seconds > HOUR) {
      throw invalid(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.");
    }
    requireWithin(role, seconds);
    Map<String, String> transitive = new HashMap<>(who.transitiveTags());
    for (String key : form.list("TransitiveTagKeys.member.%d")) {
      String value = tags.get(key);
      if (value == null) {
        throw invalid("The specified transitive tag key must be included in the requested tags.");
      }
      transitive.put(key, value);
    }
    Identity assumed =
        session(role, session, transitive, source == null ? who.sourceIdentity() : source, mfa);
    Map<String, Object> result = Json.object("AssumedRoleUser", assumedRoleUser(assumed));
    putCredentials(result, assumed, seconds, call.now());
    result.put("PackedPolicySize", tags.size());
    if (assumed.sourceIdentity() != null) {
      result.put("SourceIdentity", assumed.sourceIdentity());
    }
    return result;
  }

  private Map<String, Object> assumeRoleWithWebIdentity(Call call, Form form) {
    String arn = form.required("RoleArn");
    String session = form.sessionName();
    int seconds = form.seconds(HOUR, SHORTEST, 12 * HOUR);
    TokenIssuer.Claims claims = issuer.verify(form.required("WebIdentityToken"), call.now());
    AwsException refused = denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    Role role = iam.role(arn).filter(known -> known.audience() != null).orElseThrow(() -> refused);
    if (!claims.audience().equals(role.audience())) {
      throw new AwsException(400, "InvalidIdentityToken", "Incorrect token audience");
    }
    if (!role.trustsSubject(claims.subject())) {
      throw refused;
    }
    requireWithin(role, seconds);
    Identity assumed = session(role, session, Map.of(), null, false);
    Map<String, Object> result =
        Json.object(
            "AssumedRoleUser",
            assumedRoleUser(assumed),
            "Audience",
            claims.audience(),
            "Provider",
            claims.issuer(),
            "SubjectFromWebIdentityToken",
            claims.subject());
    putCredentials(result, assumed, seconds, call.now());
    return result;
  }

  private Map<String, Object> assumeRoot(Call call, Form form) {
    Identity who = call.signed().credential().identity();
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
    String arn = "arn:" + who.arn().split(":", -1)[1] + ":iam::" + account + ":root";
    iam.authorize(who, ASSUME_ROOT, arn);
    Identity root =
        new Identity(
            Identity.Kind.ROOT, arn, account, account, arn, Map.of(), who.sourceIdentity(), false);
    Map<String, Object> result = Json.object();
    putCredentials(result, root, seconds, call.now());
    return result;
  }

  private Map<String, Object> getSessionToken(Call call, Form form) {
    Identity who = call.signed().credential().identity();
    if (who.kind() != Identity.Kind.USER) {
      throw denied("Cannot call GetSessionToken with session credentials");
    }
    int seconds = form.seconds(12 * HOUR, SHORTEST, 36 * HOUR);
    iam.authorize(who, GET_SESSION_TOKEN, "*");
    Identity session = showsCode(form, who, call.now()) ? who.withMfa() : who;
    Map<String, Object> result = Json.object();
    putCredentials(result, session.as(Identity.Kind.USER_SESSION), seconds, call.now());
    return result;
  }

  /** Whether the request has a code. Fails if it isn't the right one. */
  private boolean showsCode(Form form, Identity who, Instant now) {
    String serial = form.text("SerialNumber");
    String code = form.text("TokenCode");
    if (serial == null && code == null) {
      return false;
    }
    MfaDevice device = iam.user(who.principalArn()).map(IamUser::mfa).orElse(null);
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
      throw invalid(
          "1 validation error detected: Value '%s' at 'tokenCode' failed to satisfy constraint:"
                  .formatted(code)
              + " Member must satisfy regular expression pattern: [\\d]*");
    }
    if (!iam.takeCode(device, code, now)) {
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

  /** Who somebody is once it has assumed a role. */
  static Identity session(
      Role role,
      String name,
      Map<String, String> transitiveTags,
      @Nullable String sourceIdentity,
      boolean mfa) {
    return new Identity(
        Identity.Kind.ROLE,
        "arn:%s:sts::%s:assumed-role/%s/%s"
            .formatted(role.partition().id(), role.account(), role.name(), name),
        "AROA" + Iam.fingerprint(role.arn()) + ":" + name,
        role.account(),
        role.arn(),
        transitiveTags,
        sourceIdentity,
        mfa);
  }

  private static Map<String, Object> assumedRoleUser(Identity assumed) {
    return Json.object("AssumedRoleId", assumed.userId(), "Arn", assumed.arn());
  }

  private void putCredentials(
      Map<String, Object> result, Identity identity, int seconds, Instant now) {
    Instant expires = now.plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS);
    AccessKey key = iam.issue(identity, expires).key();
    result.put(
        "Credentials",
        Json.object(
            "AccessKeyId",
            key.id(),
            "SecretAccessKey",
            key.secret(),
            "SessionToken",
            Objects.requireNonNull(key.sessionToken()),
            "Expiration",
            expires.toString()));
  }

  private static AwsException denied(String message) {
    return Refusal.DENIED.in(Protocol.QUERY, message);
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "ValidationError", message);
  }

  /** The parameters of a request. */
  private record Form(List<Parameter> parameters) {

    @Nullable String text(String name) {
      return Request.first(parameters, name).orElse(null);
    }

    String required(String name) {
      return Request.first(parameters, name)
          .orElseThrow(() ->
              invalid(
                  "1 validation error detected: Value null at '%s' failed to satisfy"
                          .formatted(name)
                      + " constraint: Member must not be null"));
    }

    String sessionName() {
      String name = required("RoleSessionName");
      if (!name.matches("[\\w+=,.@-]{2,64}")) {
        throw invalid(
            "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy"
                    .formatted(name)
                + " constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
      }
      return name;
    }

    int seconds(int fallback, int min, int max) {
      String text = text("DurationSeconds");
      if (text == null) {
        return fallback;
      }
      if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min) {
        throw duration(text, "greater than or equal to " + min);
      }
      if (Integer.parseInt(text) > max) {
        throw duration(text, "less than or equal to " + max);
      }
      return Integer.parseInt(text);
    }

    private static AwsException duration(String text, String bound) {
      return invalid(
          "1 validation error detected: Value '%s' at 'durationSeconds' failed to satisfy"
                  .formatted(text)
              + " constraint: Member must have value "
              + bound);
    }

    /** The values of a list, whose names hold numbers from 1 on. */
    List<String> list(String pattern) {
      List<String> values = new ArrayList<>();
      for (int i = 1; ; i++) {
        String value = text(pattern.formatted(i));
        if (value == null) {
          return values;
        }
        values.add(value);
      }
    }

    Map<String, String> tags() {
      List<String> keys = list("Tags.member.%d.Key");
      List<String> values = list("Tags.member.%d.Value");
      Map<String, String> tags = new HashMap<>();
      Set<String> folded = new HashSet<>();
      for (int i = 0; i < keys.size(); i++) {
        if (i >= values.size() || !folded.add(keys.get(i).toLowerCase(Locale.ROOT))) {
          throw invalid(
              "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        tags.put(keys.get(i), values.get(i));
      }
      return tags;
    }
  }
}
