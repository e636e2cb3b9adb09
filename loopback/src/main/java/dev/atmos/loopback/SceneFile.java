package dev.atmos.loopback;

import dev.atmos.loopback.aws.Cluster;
import dev.atmos.loopback.aws.IamUser;
import dev.atmos.loopback.aws.IdentityCenter;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is in a stand-in, written down in JSON:
 *
 * <pre>{@code
 * {
 *   "users": [{"account": "111122223333", "name": "alice",
 *     "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
 *     "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "mfaSeed": "s"}],
 *   "roles": [{"account": "111122223333", "name": "Deploy", "externalId": "x",
 *     "maxSessionSeconds": 7200, "trusts": ["arn:aws:iam::111122223333:user/alice"]}],
 *   "clusters": [{"account": "111122223333", "region": "us-east-2", "name": "demo",
 *     "status": "ACTIVE", "apiServer": true}],
 *   "identityCenters": [{"startUrl": "https://acme.awsapps.com/start", "region": "us-east-1",
 *     "allowedBy": "ann", "allowedAfterPolls": 1,
 *     "accessTokenSeconds": 3600, "roleCredentialSeconds": 3600,
 *     "assignments": [{"user": "ann", "account": "111122223333", "accountName": "production",
 *       "roles": ["Admin"]}]}]
 * }
 * }</pre>
 *
 * An account, a name, a region and whatever else makes a thing what it is has to be there; all else
 * may be left out. With {@code allowedBy}, that user says yes to every device by itself. A name
 * that is not known is an error.
 */
final class SceneFile {
  private final String name;
  private final Map<?, ?> scene;
  private final List<Cluster> served = new ArrayList<>();

  private SceneFile(String name, Map<?, ?> scene) {
    this.name = name;
    this.scene = scene;
  }

  /**
   * Reads a text.
   *
   * @param name what messages call it
   */
  static SceneFile read(String text, String name) throws IOException {
    try {
      if (Json.parse(text) instanceof Map<?, ?> scene) {
        return new SceneFile(name, scene);
      }
    } catch (Json.MalformedException e) {
      throw new IOException(name + " is " + e.getMessage(), e);
    }
    throw new IOException(name + " is not a JSON object");
  }

  /** Puts all of it into a stand-in. */
  void apply(LoopbackAws aws) throws IOException {
    requireKnown("the scene", scene, Set.of("users", "roles", "clusters", "identityCenters"));
    for (Map<?, ?> user : objects(scene, "users")) {
      aws.add(user(user));
    }
    for (Map<?, ?> role : objects(scene, "roles")) {
      aws.add(role(role));
    }
    for (Map<?, ?> cluster : objects(scene, "clusters")) {
      aws.add(cluster(cluster));
    }
    for (Map<?, ?> center : objects(scene, "identityCenters")) {
      fill(aws.identityCenter(text(center, "startUrl"), text(center, "region")), center);
    }
  }

  /** The clusters that are to have an API server, once the scene has been applied. */
  List<Cluster> served() {
    return served;
  }

  private IamUser user(Map<?, ?> from) throws IOException {
    requireKnown(
        "a user", from, Set.of("account", "name", "accessKeyId", "secretAccessKey", "mfaSeed"));
    IamUser user =
        IamUser.of(text(from, "account"), text(from, "name"))
            .key(text(from, "accessKeyId"), text(from, "secretAccessKey"));
    Optional<String> seed = Json.text(from, "mfaSeed");
    return seed.isPresent() ? user.mfa(seed.get()) : user;
  }

  private Role role(Map<?, ?> from) throws IOException {
    requireKnown(
        "a role", from, Set.of("account", "name", "trusts", "externalId", "maxSessionSeconds"));
    Role role =
        Role.of(text(from, "account"), text(from, "name"))
            .trusting(texts(from, "trusts").toArray(String[]::new));
    Optional<Duration> longest = seconds(from, "maxSessionSeconds");
    role = longest.isPresent() ? role.maxSession(longest.get()) : role;
    Optional<String> externalId = Json.text(from, "externalId");
    return externalId.isPresent() ? role.externalId(externalId.get()) : role;
  }

  private Cluster cluster(Map<?, ?> from) throws IOException {
    requireKnown("a cluster", from, Set.of("account", "region", "name", "status", "apiServer"));
    Cluster cluster =
        Cluster.of(text(from, "name"), text(from, "account"), text(from, "region"))
            .status(Json.text(from, "status").orElse("ACTIVE"));
    if (Boolean.TRUE.equals(from.get("apiServer"))) {
      served.add(cluster);
    }
    return cluster;
  }

  private void fill(IdentityCenter center, Map<?, ?> from) throws IOException {
    requireKnown(
        "an Identity Center",
        from,
        Set.of(
            "startUrl",
            "region",
            "allowedBy",
            "allowedAfterPolls",
            "accessTokenSeconds",
            "roleCredentialSeconds",
            "assignments"));
    Optional<String> user = Json.text(from, "allowedBy");
    if (user.isPresent()) {
      center.autoAllow(user.get(), number(from, "allowedAfterPolls").orElse(0L).intValue());
    }
    seconds(from, "accessTokenSeconds").ifPresent(center::accessTokenLifetime);
    seconds(from, "roleCredentialSeconds").ifPresent(center::roleCredentialLifetime);
    for (Map<?, ?> each : objects(from, "assignments")) {
      requireKnown("an assignment", each, Set.of("user", "account", "accountName", "roles"));
      center.assign(
          text(each, "user"),
          text(each, "account"),
          Json.text(each, "accountName").orElse(text(each, "account")),
          texts(each, "roles").toArray(String[]::new));
    }
  }

  private void requireKnown(String what, Map<?, ?> from, Set<String> known) throws IOException {
    for (Object each : from.keySet()) {
      if (!known.contains(String.valueOf(each))) {
        throw new IOException(name + ": " + what + " has no \"" + each + "\"");
      }
    }
  }

  private String text(Map<?, ?> from, String member) throws IOException {
    return Json.text(from, member)
        .orElseThrow(() -> new IOException(name + ": \"" + member + "\" is missing, or no text"));
  }

  private List<String> texts(Map<?, ?> from, String member) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object each : list(from, member)) {
      if (!(each instanceof String text)) {
        throw new IOException(name + ": \"" + member + "\" is not a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private List<Map<?, ?>> objects(Map<?, ?> from, String member) throws IOException {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object each : list(from, member)) {
      if (!(each instanceof Map<?, ?> object)) {
        throw new IOException(name + ": \"" + member + "\" is not a list of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  private List<?> list(Map<?, ?> from, String member) throws IOException {
    Object value = from.get(member);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IOException(name + ": \"" + member + "\" is not a list");
  }

  private Optional<Duration> seconds(Map<?, ?> from, String member) throws IOException {
    return number(from, member).map(Duration::ofSeconds);
  }

  private Optional<Long> number(Map<?, ?> from, String member) throws IOException {
    @Nullable Object value = from.get(member);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof BigDecimal number) {
      return Optional.of(number.longValue());
    }
    throw new IOException(name + ": \"" + member + "\" is not a number");
  }
}
