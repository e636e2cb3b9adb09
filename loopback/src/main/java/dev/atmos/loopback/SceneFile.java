package dev.atmos.loopback;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.atmos.loopback.aws.LoopbackAws;
import dev.atmos.loopback.aws.iam.IamUser;
import dev.atmos.loopback.aws.iam.Role;
import dev.atmos.loopback.aws.service.Cluster;
import dev.atmos.loopback.aws.service.IdentityCenterInstance;
import dev.atmos.loopback.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stand-in, in JSON:
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
 * Members that identify a thing, such as its account, name and region, are required; all others may
 * be left out. A cluster that has an API server already gives its {@code endpoint} and its {@code
 * caData}, the certificate to trust in base64. With {@code allowedBy}, that user approves every
 * device. An unknown member is an error.
 */
record SceneFile(
    @Nullable List<UserEntry> users,
    @Nullable List<RoleEntry> roles,
    @Nullable List<ClusterEntry> clusters,
    @Nullable List<IdentityCenterEntry> identityCenters) {

  /** Reads a file. */
  static SceneFile read(Path file) throws IOException {
    try {
      return StrictJson.read(Files.readString(file), SceneFile.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + where(e) + ": " + e.getOriginalMessage(), e);
    }
  }

  /** The place of an error, such as {@code , line 3, roles.0.trusts}. */
  private static String where(JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
    // Of Jackson's form: dev.atmos.loopback.SceneFile["roles"]->java.util.ArrayList[0]->...
    String members = path.replaceAll("[\\w.$]+\\[", ".").replaceAll("[\"\\]]|->", "");
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    return ", line " + line + (members.isEmpty() ? "" : ", " + members.substring(1));
  }

  /** Adds all of it to a stand-in. */
  void applyTo(LoopbackAws aws) {
    list(users).forEach(user -> aws.add(user.user()));
    list(roles).forEach(role -> aws.add(role.role()));
    list(clusters).forEach(cluster -> aws.add(cluster.cluster()));
    list(identityCenters).forEach(center -> center.addTo(aws));
  }

  /** The clusters that need an API server. */
  List<Cluster> clustersWithServer() {
    return list(clusters).stream()
        .filter(ClusterEntry::apiServer)
        .map(ClusterEntry::cluster)
        .toList();
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  /** A user with a key. */
  record UserEntry(
      @JsonProperty(required = true) String account,
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String accessKeyId,
      @JsonProperty(required = true) String secretAccessKey,
      @Nullable String mfaSeed) {

    IamUser user() {
      IamUser user = IamUser.of(account, name).key(accessKeyId, secretAccessKey);
      return mfaSeed == null ? user : user.mfa(mfaSeed);
    }
  }

  /** A role. */
  record RoleEntry(
      @JsonProperty(required = true) String account,
      @JsonProperty(required = true) String name,
      @Nullable List<String> trusts,
      @Nullable String externalId,
      @Nullable Long maxSessionSeconds) {

    Role role() {
      Role role = Role.of(account, name).trusting(list(trusts).toArray(String[]::new));
      role = externalId == null ? role : role.externalId(externalId);
      return maxSessionSeconds == null
          ? role
          : role.maxSession(Duration.ofSeconds(maxSessionSeconds));
    }
  }

  /** A cluster. */
  record ClusterEntry(
      @JsonProperty(required = true) String account,
      @JsonProperty(required = true) String region,
      @JsonProperty(required = true) String name,
      @Nullable String status,
      @Nullable String endpoint,
      @Nullable String caData,
      boolean apiServer) {

    Cluster cluster() {
      Cluster cluster =
          Cluster.of(name, account, region).status(Objects.requireNonNullElse(status, "ACTIVE"));
      return endpoint == null || caData == null ? cluster : cluster.raw(endpoint, caData);
    }
  }

  /** An instance of the Identity Center. */
  record IdentityCenterEntry(
      @JsonProperty(required = true) String startUrl,
      @JsonProperty(required = true) String region,
      @Nullable String allowedBy,
      @Nullable Integer allowedAfterPolls,
      @Nullable Long accessTokenSeconds,
      @Nullable Long roleCredentialSeconds,
      @Nullable List<AssignmentEntry> assignments) {

    void addTo(LoopbackAws aws) {
      IdentityCenterInstance center = aws.identityCenter(startUrl, region);
      if (allowedBy != null) {
        center.autoAllow(allowedBy, Objects.requireNonNullElse(allowedAfterPolls, 0));
      }
      if (accessTokenSeconds != null) {
        center.accessTokenLifetime(Duration.ofSeconds(accessTokenSeconds));
      }
      if (roleCredentialSeconds != null) {
        center.roleCredentialLifetime(Duration.ofSeconds(roleCredentialSeconds));
      }
      list(assignments).forEach(assignment -> assignment.addTo(center));
    }
  }

  /** The roles of a user in an account. */
  record AssignmentEntry(
      @JsonProperty(required = true) String user,
      @JsonProperty(required = true) String account,
      @Nullable String accountName,
      @Nullable List<String> roles) {

    void addTo(IdentityCenterInstance center) {
      center.assign(
          user,
          account,
          Objects.requireNonNullElse(accountName, account),
          list(roles).toArray(String[]::new));
    }
  }
}
