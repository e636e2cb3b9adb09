package dev.atmos.loopback.aws.service;

import dev.atmos.loopback.aws.iam.AccessKey;
import dev.atmos.loopback.aws.iam.Credential;
import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.service.IdentityCenterInstance.Assignment;
import dev.atmos.loopback.aws.service.IdentityCenterInstance.Session;
import dev.atmos.loopback.http.ServerResponse;
import dev.atmos.loopback.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The portal of the Identity Center (API reference "IAM Identity Center Portal"). */
public final class SsoPortal implements AwsService {
  private static final int MAX_PAGE = 100;

  private final SsoOidc oidc;
  private int mostPerSecond;
  private double left;
  private Instant filled = Instant.EPOCH;

  public SsoPortal(SsoOidc oidc) {
    this.oidc = oidc;
  }

  /**
   * Refuses what comes faster than that, but for a burst of as many calls as a second has; 0 for no
   * limit.
   */
  public synchronized void limit(int callsPerSecond) {
    mostPerSecond = callsPerSecond;
    left = callsPerSecond;
  }

  private synchronized boolean isThrottled(Instant now) {
    if (mostPerSecond == 0) {
      return false;
    }
    double more = Duration.between(filled, now).toMillis() * mostPerSecond / 1000.0;
    left = Math.min(mostPerSecond, left + Math.max(0, more));
    filled = now;
    if (left < 1) {
      return true;
    }
    left--;
    return false;
  }

  @Override
  public ServerResponse perform(AwsCall call) {
    if (isThrottled(call.now())) {
      throw new AwsException(429, "TooManyRequestsException", "Rate exceeded");
    }
    String token =
        call.request().header("x-amz-sso_bearer_token").orElseThrow(SsoPortal::unauthorized);
    IdentityCenterInstance center =
        oidc.centerOfToken(token, call.now()).orElseThrow(SsoPortal::unauthorized);
    Session session = center.session(token, call.now()).orElseThrow(SsoPortal::unauthorized);
    return switch (call.operation()) {
      case LIST_ACCOUNTS -> listAccounts(call, center.assignmentsOf(session.user()));
      case LIST_ACCOUNT_ROLES -> listAccountRoles(call, assignment(call, center, session));
      case GET_ROLE_CREDENTIALS -> getRoleCredentials(call, center, session);
      default -> {
        center.signOut(session);
        yield call.result(new JsonObject());
      }
    };
  }

  private static AwsException unauthorized() {
    return new AwsException(401, "UnauthorizedException", "Session token not found or invalid");
  }

  private static AwsException forbidden() {
    return new AwsException(403, "ForbiddenException", "No access");
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidRequestException", message);
  }

  private static String required(AwsCall call, String name) {
    return call.request().query(name).orElseThrow(() -> invalid("Missing parameter: " + name));
  }

  private static ServerResponse listAccounts(AwsCall call, List<Assignment> assignments) {
    List<JsonObject> accounts = new ArrayList<>();
    for (Assignment each : assignments) {
      accounts.add(
          new JsonObject()
              .with("accountId", each.account())
              .with("accountName", each.name())
              .with("emailAddress", "root+" + each.account() + "@example.com"));
    }
    return page(call, "accountList", accounts);
  }

  private static ServerResponse listAccountRoles(AwsCall call, Assignment assignment) {
    List<JsonObject> roles = new ArrayList<>();
    for (String role : assignment.roles().stream().sorted().toList()) {
      roles.add(new JsonObject().with("roleName", role).with("accountId", assignment.account()));
    }
    return page(call, "roleList", roles);
  }

  private static ServerResponse getRoleCredentials(
      AwsCall call, IdentityCenterInstance center, Session session) {
    String role = required(call, "role_name");
    Assignment assignment = assignment(call, center, session);
    if (!assignment.roles().contains(role)) {
      throw forbidden();
    }
    Credential credential =
        center.roleCredential(session.user(), assignment.account(), role, call.now());
    AccessKey key = credential.key();
    JsonObject credentials =
        new JsonObject()
            .with("accessKeyId", key.id())
            .with("secretAccessKey", key.secret())
            .with("sessionToken", Objects.requireNonNull(key.sessionToken()))
            .with("expiration", Objects.requireNonNull(credential.expires()).toEpochMilli());
    return call.result(new JsonObject().with("roleCredentials", credentials));
  }

  private static Assignment assignment(
      AwsCall call, IdentityCenterInstance center, Session session) {
    String account = required(call, "account_id");
    for (Assignment each : center.assignmentsOf(session.user())) {
      if (each.account().equals(account)) {
        return each;
      }
    }
    throw center.hasAccount(account)
        ? forbidden()
        : new AwsException(404, "ResourceNotFoundException", "No such account: " + account);
  }

  /** A page of a list; its token is the number of items before it. */
  private static ServerResponse page(AwsCall call, String name, List<JsonObject> all) {
    int size = number(call, "max_result", MAX_PAGE);
    if (size < 1 || size > MAX_PAGE) {
      throw invalid("max_result must be between 1 and 100");
    }
    int from = Math.min(number(call, "next_token", 0), all.size());
    int to = Math.min(from + size, all.size());
    JsonObject result = new JsonObject().with(name, all.subList(from, to));
    if (to < all.size()) {
      result.with("nextToken", Integer.toString(to));
    }
    return call.result(result);
  }

  private static int number(AwsCall call, String name, int fallback) {
    String text = call.request().query(name).orElse(Integer.toString(fallback));
    if (!text.matches("\\d{1,6}")) {
      throw invalid("Not a number: " + name);
    }
    return Integer.parseInt(text);
  }
}
