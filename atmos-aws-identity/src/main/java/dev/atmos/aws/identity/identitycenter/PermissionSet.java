package dev.atmos.auth.aws;

import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.services.Services;
import dev.atmos.plugin.auth.AwsCredentials;
import dev.atmos.plugin.auth.Identity;
import dev.atmos.plugin.auth.IdentitySpec;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.config.ConfigText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A permission set in an account. */
final class PermissionSet implements Identity {
  /**
   * No session of a permission set lasts longer.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html">Set
   *     session duration for AWS accounts</a>
   */
  private static final int LONGEST_SECONDS = 12 * 3600;

  private final IdentitySpec spec;
  private final Services context;

  PermissionSet(IdentitySpec spec, Services context) {
    this.spec = spec;
    this.context = context;
  }

  @Override
  public Optional<Map<String, String>> cacheKey() {
    ConfigMap fields = spec.fields();
    Map<String, String> parts = new TreeMap<>();
    Optional<ConfigMap> principal = fields.map("principal");
    if (principal.isPresent()) {
      Parts.put(parts, principal.get(), "name");
      Parts.put(parts, principal.get(), "region");
      putAccount(parts, principal.get());
    }
    Parts.putEndpoint(parts, fields);
    return Optional.of(parts);
  }

  /** By its id, where that is known: its name is an ornament then. */
  private static void putAccount(Map<String, String> parts, ConfigMap principal) {
    ConfigMap.Entry entry = principal.entries().get("account");
    if (entry == null) {
      return;
    }
    if (entry.value().resolved() instanceof ConfigText text) {
      parts.put("account", text.text());
      return;
    }
    Optional<ConfigMap> account = principal.map("account");
    if (account.isPresent()) {
      Optional<String> id = account.get().text("id");
      Optional<String> named = id.isPresent() ? id : account.get().text("name");
      if (named.isPresent()) {
        parts.put("account", named.get());
      }
    }
  }

  @Override
  public Optional<String> region() {
    Optional<ConfigMap> principal = spec.fields().map("principal");
    return principal.isPresent() ? principal.get().text("region") : Optional.empty();
  }

  @Override
  public AwsCredentials credentials(StepRequest request) {
    if (!(Definitions.of(spec).details() instanceof IdentityDetails.PermissionSet set)
        || !(request.input().orElse(null) instanceof Token token)
        || !token.type().equals(Token.IDENTITY_CENTER)) {
      throw Steps.wrongInput(spec, "a provider of kind aws/iam-identity-center");
    }
    String region = request.region().orElseThrow(() -> Steps.noRegion(spec));
    String endpoint = Definitions.trusted(context, set.endpointUrl());
    try (Portal portal = new Portal(AwsCalls.of(context, request), region, endpoint, token)) {
      String id = set.account().id();
      String account =
          id != null ? id : portal.account(spec.name(), String.valueOf(set.account().name()));
      Instant latest = context.clock().instant().plusSeconds(LONGEST_SECONDS);
      return portal.credentials(spec.name(), account, set.permissionSet(), latest);
    }
  }
}
