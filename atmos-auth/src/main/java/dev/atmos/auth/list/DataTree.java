package dev.atmos.auth.list;

import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.IntegrationDetails;
import dev.atmos.auth.config.Located;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.config.ProviderDetails;
import dev.atmos.plugin.config.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The listing for programs: a mapping for each part that was asked for, under its key in the
 * configuration, of names to definitions, all in the configuration's order.
 *
 * <p>What comes from the configuration has the key that it has there ({@code start_url}, {@code
 * principal.account.id}, {@code spec.cluster.name}) and is there only if the configuration says it.
 * Of the variables in {@code env}, only the names are there. These keys are always there:
 *
 * <ul>
 *   <li>{@code kind};
 *   <li>{@code supplied}: whether its kind is known here, or a plugin has it;
 *   <li>{@code default} and {@code tags} (providers and identities), {@code alias} (identities, may
 *       be null);
 *   <li>{@code via} (identities and integrations): {@code provider} or {@code identity} with the
 *       name as it is written, or null; {@code link}: {@code sound}, {@code missing}, {@code
 *       ambiguous}, {@code circular} or {@code refused}; null where there is no {@code via};
 *   <li>{@code chain} (identities): the names from the root to the identity itself; null where the
 *       way is broken;
 *   <li>{@code deferred}: paths of the fields whose values are made only when they are used;
 *   <li>{@code problems}: why it can't be used, one sentence each;
 *   <li>{@code position}: {@code file}, {@code line} and {@code column} of its name.
 * </ul>
 *
 * <p>Secrets, commands, and the fields of a definition that is broken or of an unknown kind are
 * never there.
 */
final class DataTree {

  /** A mapping in the making, in which what is absent or empty leaves no key. */
  private static final class Fields {
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    Fields put(String key, @Nullable Object value) {
      if (value instanceof Duration duration) {
        map.put(key, Facts.duration(duration));
      } else if (value instanceof Located url) {
        map.put(key, url.text());
      } else if (value instanceof Fields fields) {
        if (!fields.map.isEmpty()) {
          map.put(key, fields.map);
        }
      } else if (value != null) {
        map.put(key, value);
      }
      return this;
    }

    void always(String key, @Nullable Object value) {
      map.put(key, value);
    }
  }

  private DataTree() {}

  static Map<String, Object> of(Listing listing) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Part part : listing.parts()) {
      Map<String, Object> definitions = new LinkedHashMap<>();
      for (Entry entry : listing.selected(part)) {
        definitions.put(entry.name(), definition(listing.inventory(), entry));
      }
      tree.put(part.key(), definitions);
    }
    return tree;
  }

  private static Object definition(Inventory inventory, Entry entry) {
    Fields fields = new Fields();
    fields.always("kind", entry.definition().kind());
    fields.always("supplied", entry.supplied());
    if (entry.definition() instanceof ProviderDefinition provider) {
      fields.always("default", provider.isDefault());
      fields.always("tags", provider.tags());
      provider(fields, provider);
    } else if (entry.definition() instanceof IdentityDefinition identity) {
      Located alias = identity.alias();
      fields.always("default", identity.isDefault());
      fields.always("alias", alias == null ? null : alias.text());
      fields.always("tags", identity.tags());
      link(fields, entry);
      fields.always("chain", names(inventory.chain(entry)));
      identity(fields, identity);
    } else if (entry.definition() instanceof IntegrationDefinition integration) {
      link(fields, entry);
      integration(fields, integration);
    }
    fields.always("deferred", entry.definition().deferred());
    fields.always("problems", entry.problems());
    Position position = entry.definition().position();
    fields.put(
        "position",
        new Fields()
            .put("file", position.source().name())
            .put("line", position.line())
            .put("column", position.column()));
    return fields.map;
  }

  private static void link(Fields fields, Entry entry) {
    Link link = entry.link();
    fields.always("via", link == null ? null : Map.of(link.part().singular(), link.via().name()));
    fields.always("link", link == null ? null : link.state().word());
  }

  private static @Nullable List<String> names(Optional<List<Entry>> chain) {
    if (chain.isEmpty()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Entry entry : chain.get()) {
      names.add(entry.name());
    }
    return names;
  }

  private static void provider(Fields fields, ProviderDefinition provider) {
    Fields spec = new Fields();
    switch (provider.details()) {
      case ProviderDetails.IamIdentityCenter center -> {
        fields
            .put("start_url", center.startUrl())
            .put("region", center.region())
            .put("auto_provision_identities", center.autoProvisionIdentities());
        spec.put("files", new Fields().put("base_path", center.filesBasePath()))
            .put("endpoint_url", center.endpointUrl());
      }
      case ProviderDetails.Saml saml -> {
        fields
            .put("url", saml.url())
            .put("region", saml.region())
            .put("driver", saml.driver())
            .put("username", saml.username())
            .put("download_browser_driver", saml.downloadBrowserDriver())
            .put("browser_type", saml.browserType());
        spec.put("files", new Fields().put("base_path", saml.filesBasePath()))
            .put("endpoint_url", saml.endpointUrl());
      }
      case ProviderDetails.GithubOidc oidc -> {
        fields.put("region", oidc.region());
        spec.put("audience", oidc.audience());
      }
      case ProviderDetails.Mock ignored -> {}
      case ProviderDetails.Other ignored -> {}
      case ProviderDetails.Broken ignored -> {}
    }
    fields
        .put("session", new Fields().put("duration", provider.sessionDuration()))
        .put("console", new Fields().put("session_duration", provider.consoleDuration()))
        .put("spec", spec);
  }

  private static void identity(Fields fields, IdentityDefinition identity) {
    Fields principal = new Fields();
    Fields credentials = new Fields();
    Fields spec = new Fields();
    switch (identity.details()) {
      case IdentityDetails.PermissionSet set -> {
        principal
            .put("name", set.permissionSet())
            .put(
                "account",
                new Fields().put("id", set.account().id()).put("name", set.account().name()))
            .put("region", set.region());
        spec.put("endpoint_url", set.endpointUrl());
      }
      case IdentityDetails.AssumeRole role -> {
        principal
            .put("assume_role", role.roleArn())
            .put("session_name", role.sessionName())
            .put("source_identity", role.sourceIdentity())
            .put("duration", role.duration())
            .put("region", role.region());
        spec.put("endpoint_url", role.endpointUrl());
      }
      case IdentityDetails.AssumeRoot root -> {
        principal
            .put("target_principal", root.targetPrincipal())
            .put("task_policy_arn", root.taskPolicyArn())
            .put("duration", root.duration())
            .put("region", root.region());
        spec.put("endpoint_url", root.endpointUrl());
      }
      case IdentityDetails.User user -> {
        credentials
            .put("access_key_id", user.accessKeyId())
            .put("mfa_arn", user.mfaArn())
            .put("webflow_enabled", user.webflow())
            .put("region", user.region());
        spec.put("endpoint_url", user.endpointUrl());
      }
      case IdentityDetails.Ambient ambient -> principal.put("region", ambient.region());
      case IdentityDetails.Mock ignored -> {}
      case IdentityDetails.Other ignored -> {}
      case IdentityDetails.Broken ignored -> {}
    }
    List<String> variables = Facts.names(identity.env());
    fields
        .put("principal", principal)
        .put("credentials", credentials)
        .put("spec", spec)
        .put("session", new Fields().put("duration", identity.sessionDuration()))
        .put("env", variables.isEmpty() ? null : variables)
        .put("provider", identity.provider())
        .put("emulator", identity.emulator());
  }

  private static void integration(Fields fields, IntegrationDefinition integration) {
    Fields spec = new Fields().put("auto_provision", integration.autoProvision());
    switch (integration.details()) {
      case IntegrationDetails.Eks eks ->
          spec.put(
              "cluster",
              new Fields()
                  .put("name", eks.cluster())
                  .put("region", eks.region())
                  .put("alias", eks.alias())
                  .put(
                      "kubeconfig",
                      new Fields()
                          .put("path", eks.kubeconfigPath())
                          .put("mode", mode(eks.kubeconfigMode()))
                          .put("update", eks.update().name().toLowerCase(Locale.ROOT))));
      case IntegrationDetails.Ecr ecr ->
          spec.put(
              "registry",
              new Fields().put("account_id", ecr.accountId()).put("region", ecr.region()));
      case IntegrationDetails.EcrPublic open ->
          spec.put("registry", new Fields().put("region", open.region()));
      case IntegrationDetails.Other ignored -> {}
      case IntegrationDetails.Broken ignored -> {}
    }
    fields.put("spec", spec);
  }

  private static String mode(int mode) {
    String octal = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - octal.length())) + octal;
  }
}
