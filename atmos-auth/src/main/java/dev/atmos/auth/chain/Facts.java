package dev.atmos.auth.chain;

import dev.atmos.auth.config.AuthReader;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.Keys;
import dev.atmos.services.Services;
import dev.atmos.services.config.ConfigMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of who an identity is.
 *
 * @param account 12 digits; null where it doesn't say
 * @param principal a permission set's name or a role's ARN; null where it doesn't say
 */
record Facts(@Nullable String account, @Nullable String principal) {
  private static final Facts NONE = new Facts(null, null);

  static Facts of(Services context, String identity) {
    Optional<ConfigMap> auth = context.configMap(Keys.AUTH);
    IdentityDefinition definition =
        auth.isEmpty() ? null : new AuthReader(auth.get()).config().identities().get(identity);
    return definition == null ? NONE : of(definition.details());
  }

  private static Facts of(IdentityDetails details) {
    if (details instanceof IdentityDetails.PermissionSet set) {
      return new Facts(set.account().id(), set.permissionSet());
    }
    if (details instanceof IdentityDetails.AssumeRole role) {
      return new Facts(accountOf(role.roleArn()), role.roleArn());
    }
    if (details instanceof IdentityDetails.AssumeRoot root) {
      return new Facts(root.targetPrincipal(), "root");
    }
    return NONE;
  }

  private static @Nullable String accountOf(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 4 && parts[4].length() == 12 ? parts[4] : null;
  }
}
