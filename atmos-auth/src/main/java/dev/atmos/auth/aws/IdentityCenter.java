package dev.atmos.auth.aws;

import dev.atmos.auth.chain.Offering;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.auth.Grant;
import dev.atmos.plugin.auth.Provider;
import dev.atmos.plugin.auth.ProviderSpec;
import dev.atmos.plugin.auth.StepRequest;
import dev.atmos.plugin.auth.Token;
import dev.atmos.plugin.config.ConfigMap;
import dev.atmos.text.DisplayNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An IAM Identity Center. What needs more than its definition is in classes of its own. */
final class IdentityCenter implements Provider, Offering {
  private final ProviderSpec spec;
  private final PluginContext context;

  IdentityCenter(ProviderSpec spec, PluginContext context) {
    this.spec = spec;
    this.context = context;
  }

  @Override
  public Optional<Map<String, String>> madeFrom() {
    ConfigMap fields = spec.fields();
    Map<String, String> parts = new TreeMap<>();
    parts.put("start_url", sameForAll(fields.text("start_url").orElse("")));
    Parts.put(parts, fields, "region");
    Parts.putEndpoint(parts, fields);
    return Optional.of(parts);
  }

  @Override
  public Optional<String> region() {
    return spec.fields().text("region");
  }

  /** An address in the one form that all spellings of it share. */
  static String sameForAll(String startUrl) {
    int end = startUrl.length();
    while (end > 0 && (startUrl.charAt(end - 1) == '/' || startUrl.charAt(end - 1) == '#')) {
      end--;
    }
    return startUrl.substring(0, end);
  }

  @Override
  public Optional<Grant> borrowed() {
    return SsoCache.find(
        context,
        sameForAll(spec.fields().text("start_url").orElse("")),
        spec.fields().text("region").orElse(""));
  }

  @Override
  public Grant grant(StepRequest request) {
    if (request.dialog().isEmpty() && request.state().isEmpty()) {
      throw new AtmosException(
          ExitCode.SIGN_IN_REQUIRED, "nobody is signed in to " + DisplayNames.quoted(spec.name()));
    }
    return new IdentityCenterSignIn(spec, context, request).grant();
  }

  @Override
  public boolean isWanted() {
    return spec.fields().flag("auto_provision_identities").orElse(false);
  }

  @Override
  public List<Offered> offered(Grant grant) {
    if (!(Definitions.of(spec).details() instanceof ProviderDetails.IamIdentityCenter center)
        || !(grant instanceof Token token)) {
      throw new IllegalStateException("another kind of provider");
    }
    String endpoint = Definitions.trusted(context, center.endpointUrl());
    try (Portal portal = new Portal(AwsCalls.ofMany(context), center.region(), endpoint, token)) {
      return new Offers(context, portal).all();
    }
  }

  @Override
  public void revoke(Grant grant) {
    if (grant instanceof Token token) {
      Portal.logout(spec, context, token);
    }
  }
}
