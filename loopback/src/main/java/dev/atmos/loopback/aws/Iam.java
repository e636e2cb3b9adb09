package dev.atmos.loopback.aws;

import dev.atmos.loopback.AccessKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who there is, with which keys, and who may do what. */
final class Iam {
  private static final String EVERYBODY = "*";

  private final Secrets secrets;
  private final Map<String, IamUser> users = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, Credential> credentials = new HashMap<>();
  private final Set<String> denied = new HashSet<>();
  private final Map<String, Long> usedCodes = new HashMap<>();
  private int sessionTokenLength = 400;

  Iam(Secrets secrets) {
    this.secrets = secrets;
  }

  synchronized void add(IamUser user) {
    users.put(user.arn(), user);
    for (AccessKey key : user.keys()) {
      secrets.remember(key.secret());
      Identity identity =
          new Identity(
              Identity.Kind.USER,
              user.arn(),
              "AIDA" + fingerprint(user.arn()),
              user.account(),
              user.arn(),
              Map.of(),
              null,
              false);
      credentials.put(key.id(), new Credential(key, identity, null));
    }
  }

  synchronized void add(Role role) {
    roles.put(role.arn(), role);
  }

  synchronized Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  synchronized Optional<IamUser> user(String arn) {
    return Optional.ofNullable(users.get(arn));
  }

  synchronized Optional<Credential> credential(String accessKeyId) {
    return Optional.ofNullable(credentials.get(accessKeyId));
  }

  /** Takes a key away: nobody knows it any more. */
  synchronized void revoke(String accessKeyId) {
    credentials.remove(accessKeyId);
  }

  synchronized void sessionTokenLength(int length) {
    sessionTokenLength = length;
  }

  /** Makes temporary credentials. */
  synchronized Credential issue(Identity identity, Instant expires) {
    AccessKey key =
        new AccessKey(
            secrets.name("ASIALOOPBACK"), secrets.secret(40), secrets.secret(sessionTokenLength));
    Credential credential = new Credential(key, identity, expires);
    credentials.put(key.id(), credential);
    return credential;
  }

  synchronized void deny(String principal, Operation operation) {
    denied.add(principal + " " + operation);
  }

  synchronized void allow(String principal, Operation operation) {
    denied.remove(principal + " " + operation);
  }

  /** Fails if somebody was denied it. */
  synchronized void authorize(Identity who, Operation operation, String resource) {
    boolean no =
        denied.contains(EVERYBODY + " " + operation)
            || denied.contains(who.arn() + " " + operation)
            || denied.contains(who.principalArn() + " " + operation);
    if (no) {
      throw denial(who, operation, resource);
    }
  }

  static AwsException denial(Identity who, Operation operation, String resource) {
    return Refusal.DENIED.in(
        operation.protocol(),
        "User: "
            + who.arn()
            + " is not authorized to perform: "
            + operation.permission()
            + " on resource: "
            + resource);
  }

  /** Takes a code of a user's device: that of now, the one before or the one after, and once. */
  synchronized boolean takeCode(MfaDevice device, String code, Instant now) {
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
