package dev.atmos.services.audit;

import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.policy.AccessKeyAccount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is written down: what it is, and whom and what it concerns. It holds no secret.
 * Immutable; methods that add something return a changed copy.
 */
public final class AuditEvent {
  /** The key of what happened. */
  public static final String EVENT = "event";

  /** All key ids begin with letters that say their type. What doesn't could be a secret. */
  private static final String KEY_ID = "A[A-Z]{3}[A-Z0-9]{12,124}";

  private final Map<String, String> fields;

  private AuditEvent(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * An event.
   *
   * @param name what happened: {@code sign_in}, {@code credentials}, {@code token}, {@code
   *     registry}, {@code program}, {@code console}, {@code trust} or {@code logout}
   */
  public static AuditEvent of(String name) {
    return new AuditEvent(Map.of(EVENT, name));
  }

  /** With a field; without it where the value is null. */
  public AuditEvent with(String field, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new AuditEvent(Collections.unmodifiableMap(more));
  }

  /** With an identity, its account and its role, as far as they are known. */
  public AuditEvent withIdentity(
      @Nullable String name, Description description, @Nullable AwsCredentials credentials) {
    String given = credentials == null ? "" : credentials.accessKeyId();
    String keyId = given.matches(KEY_ID) ? given : null;
    String account = AccessKeyAccount.of(given);
    return with("identity", name)
        .with("account", description.account().orElse(account))
        .with("role", description.principal().orElse(null))
        .with("access_key_id", keyId);
  }

  /** The fields with their values, in the order in which they are written. */
  public Map<String, String> fields() {
    return fields;
  }
}
