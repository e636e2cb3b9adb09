package dev.atmos.loopback.aws.iam;

import dev.atmos.loopback.aws.protocol.AwsException;
import dev.atmos.loopback.aws.protocol.CommonError;
import dev.atmos.loopback.aws.protocol.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The users and roles, their keys, and what each may do. */
public final class Iam {
  private final SecretRegistry secrets;
  private final Map<String, IamUser> users = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, Credential> credentials = new HashMap<>();
  private final Set<String> denied = new HashSet<>();
  private final Map<String, Long> usedCodes = new HashMap<>();

  public Iam(SecretRegistry secrets) {
    this.secrets = secrets;
  }

  /** Adds a user, in place of one of the same ARN. */
  public synchronized void add(IamUser user) {
    users.put(user.arn(), user);
    for (AccessKey key : user.keys()) {
      secrets.remember(key.secret());
      credentials.put(key.id(), new Credential(key, IamPrincipal.user(user), null));
    }
  }

  /** Adds a role, in place of one of the same ARN. */
  public synchronized void add(Role role) {
    roles.put(role.arn(), role);
  }

  /** The role of an ARN. */
  public synchronized Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  /** The user of an ARN. */
  public synchronized Optional<IamUser> user(String arn) {
    return Optional.ofNullable(users.get(arn));
  }

  /** The key with an id, expired or not. */
  public synchronized Optional<Credential> credential(String accessKeyId) {
    return Optional.ofNullable(credentials.get(accessKeyId));
  }

  /** Deletes a key. */
  public synchronized void revoke(String accessKeyId) {
    credentials.remove(accessKeyId);
  }

  /** Issues temporary credentials. */
  public synchronized Credential issue(IamPrincipal principal, Instant expires) {
    AccessKey key =
        new AccessKey(secrets.name("ASIALOOPBACK"), secrets.secret(40), secrets.secret(400));
    Credential credential = new Credential(key, principal, expires);
    credentials.put(key.id(), credential);
    return credential;
  }

  /** Denies an operation to a principal; {@code *} is everybody. */
  public synchronized void deny(String principal, Operation operation) {
    denied.add(principal + " " + operation);
  }

  /** Takes a denial back. */
  public synchronized void allow(String principal, Operation operation) {
    denied.remove(principal + " " + operation);
  }

  /**
   * Checks that an operation is not denied.
   *
   * @throws AwsException if it is
   */
  public synchronized void authorize(IamPrincipal principal, Operation operation, String resource) {
    if (Stream.of("*", principal.arn(), principal.policyArn())
        .anyMatch(each -> denied.contains(each + " " + operation))) {
      throw denial(principal, operation, resource);
    }
  }

  /** The error of a principal that may not perform an operation. */
  public static AwsException denial(IamPrincipal principal, Operation operation, String resource) {
    return CommonError.DENIED.in(
        operation.protocol(),
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(principal.arn(), operation.permission(), resource));
  }

  /** Accepts a code of an MFA device once: the current one, the one before or the one after. */
  public synchronized boolean acceptCode(MfaDevice device, String code, Instant now) {
    long step = MfaDevice.step(now);
    for (long each = step - 1; each <= step + 1; each++) {
      boolean fresh = each > usedCodes.getOrDefault(device.serial(), Long.MIN_VALUE);
      if (fresh && device.code(each).equals(code)) {
        usedCodes.put(device.serial(), each);
        return true;
      }
    }
    return false;
  }

  /** Seventeen capital letters and digits that are always the same for a name. */
  static String fingerprint(String name) {
    String digest = Long.toString(name.hashCode() & 0xffffffffL, 36).toUpperCase(Locale.ROOT);
    return "0".repeat(17 - digest.length()) + digest;
  }
}
