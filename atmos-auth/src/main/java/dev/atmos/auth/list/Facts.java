package dev.atmos.auth.list;

import dev.atmos.auth.config.Definition;
import dev.atmos.auth.config.EnvironmentVariable;
import dev.atmos.auth.config.IdentityDefinition;
import dev.atmos.auth.config.IdentityDetails;
import dev.atmos.auth.config.IntegrationDefinition;
import dev.atmos.auth.config.IntegrationDetails;
import dev.atmos.auth.config.Located;
import dev.atmos.auth.config.ProviderDefinition;
import dev.atmos.auth.config.ProviderDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a definition to a person. Secrets, commands, and whatever stands in a
 * definition of an unknown kind or in a broken one, are not among it.
 */
final class Facts {

  /**
   * One of them.
   *
   * @param label what it is
   * @param value as the configuration has it
   */
  record Fact(String label, String value) {}

  private final List<Fact> facts = new ArrayList<>();

  private Facts() {}

  /** All facts but name, kind, default and alias. */
  static List<Fact> of(Definition definition) {
    Facts facts = new Facts();
    if (definition instanceof ProviderDefinition provider) {
      facts.provider(provider);
    } else if (definition instanceof IdentityDefinition identity) {
      facts.identity(identity);
    } else if (definition instanceof IntegrationDefinition integration) {
      facts.integration(integration);
    }
    facts.words("made when used", definition.deferred());
    return facts.facts;
  }

  /** Where somebody signs in; null where that has no address. */
  static @Nullable String url(ProviderDefinition provider) {
    return switch (provider.details()) {
      case ProviderDetails.IamIdentityCenter center -> center.startUrl().text();
      case ProviderDetails.Saml saml -> saml.url().text();
      default -> null;
    };
  }

  /** Who an identity is to be, in one line; null where its kind doesn't say. */
  static @Nullable String principal(IdentityDefinition identity) {
    return switch (identity.details()) {
      case IdentityDetails.PermissionSet set ->
          set.permissionSet() + " in " + account(set.account());
      case IdentityDetails.AssumeRole role -> role.roleArn();
      case IdentityDetails.AssumeRoot root ->
          "root of " + root.targetPrincipal() + ", " + lastPart(root.taskPolicyArn());
      case IdentityDetails.User user -> user.accessKeyId();
      default -> null;
    };
  }

  /** What an integration sets up, in one word; null where its kind doesn't say. */
  static @Nullable String subject(IntegrationDefinition integration) {
    return switch (integration.details()) {
      case IntegrationDetails.Eks eks -> eks.cluster();
      case IntegrationDetails.Ecr ecr -> ecr.accountId();
      case IntegrationDetails.EcrPublic ignored -> "public.ecr.aws";
      default -> null;
    };
  }

  /** The AWS region of an integration; null where its kind doesn't say. */
  static @Nullable String region(IntegrationDefinition integration) {
    return switch (integration.details()) {
      case IntegrationDetails.Eks eks -> eks.region();
      case IntegrationDetails.Ecr ecr -> ecr.region();
      case IntegrationDetails.EcrPublic open -> open.region();
      default -> null;
    };
  }

  /** The name of an integration's context in kubeconfigs; null where its kind doesn't say. */
  static @Nullable String alias(IntegrationDefinition integration) {
    return integration.details() instanceof IntegrationDetails.Eks eks ? eks.alias() : null;
  }

  /** A length of time as the configuration has it, such as {@code 1h30m}. */
  static String duration(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() != 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() != 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() != 0) {
      text.append(duration.toSecondsPart()).append('s');
    }
    if (duration.toMillisPart() != 0) {
      text.append(duration.toMillisPart()).append("ms");
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** The names of variables: their values may be secrets. */
  static List<String> names(List<EnvironmentVariable> variables) {
    List<String> names = new ArrayList<>();
    for (EnvironmentVariable variable : variables) {
      names.add(variable.name());
    }
    return names;
  }

  private void provider(ProviderDefinition provider) {
    add("region", provider.region());
    switch (provider.details()) {
      case ProviderDetails.IamIdentityCenter center -> {
        add("start URL", url(provider));
        add("provisions identities", center.autoProvisionIdentities() ? "yes" : null);
        add("endpoint", center.endpointUrl());
      }
      case ProviderDetails.Saml saml -> {
        add("URL", url(provider));
        add("driver", saml.driver());
        add("user name", saml.username());
        add("endpoint", saml.endpointUrl());
      }
      case ProviderDetails.GithubOidc oidc -> add("audience", oidc.audience());
      case ProviderDetails.Mock ignored -> {}
      case ProviderDetails.Other ignored -> {}
      case ProviderDetails.Broken ignored -> {}
    }
    add("session", provider.sessionDuration());
    add("console session", provider.consoleDuration());
    words("tags", provider.tags());
  }

  private void identity(IdentityDefinition identity) {
    switch (identity.details()) {
      case IdentityDetails.PermissionSet set -> {
        add("permission set", set.permissionSet());
        add("account", account(set.account()));
        add("region", set.region());
        add("endpoint", set.endpointUrl());
      }
      case IdentityDetails.AssumeRole role -> {
        add("role", role.roleArn());
        add("session name", role.sessionName());
        add("source identity", role.sourceIdentity());
        add("duration", role.duration());
        add("region", role.region());
        add("endpoint", role.endpointUrl());
      }
      case IdentityDetails.AssumeRoot root -> {
        add("account", root.targetPrincipal());
        add("task policy", root.taskPolicyArn());
        add("duration", root.duration());
        add("region", root.region());
        add("endpoint", root.endpointUrl());
      }
      case IdentityDetails.User user -> {
        add("access key id", user.accessKeyId());
        add("MFA device", user.mfaArn());
        add("region", user.region());
        add("endpoint", user.endpointUrl());
      }
      case IdentityDetails.Ambient ambient -> add("region", ambient.region());
      case IdentityDetails.Mock ignored -> {}
      case IdentityDetails.Other ignored -> {}
      case IdentityDetails.Broken ignored -> {}
    }
    add("session", identity.sessionDuration());
    add("provisioned by", identity.provider());
    add("emulator", identity.emulator());
    words("variables", names(identity.env()));
    words("tags", identity.tags());
  }

  private void integration(IntegrationDefinition integration) {
    switch (integration.details()) {
      case IntegrationDetails.Eks eks -> {
        add("cluster", eks.cluster());
        add("region", eks.region());
        add("alias", eks.alias());
        add("kubeconfig", eks.kubeconfigPath());
      }
      case IntegrationDetails.Ecr ecr -> {
        add("registry", ecr.accountId());
        add("region", ecr.region());
      }
      case IntegrationDetails.EcrPublic open -> {
        add("registry", subject(integration));
        add("region", open.region());
      }
      case IntegrationDetails.Other ignored -> {}
      case IntegrationDetails.Broken ignored -> {}
    }
    add("at sign-in", integration.autoProvision() ? null : "no");
  }

  private static String account(IdentityDetails.Account account) {
    String id = account.id();
    String name = account.name();
    if (id == null) {
      return String.valueOf(name);
    }
    return name == null ? id : name + " (" + id + ")";
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private void add(String label, @Nullable String value) {
    if (value != null) {
      facts.add(new Fact(label, value));
    }
  }

  private void add(String label, @Nullable Located url) {
    add(label, url == null ? null : url.text());
  }

  private void add(String label, @Nullable Duration value) {
    add(label, value == null ? null : duration(value));
  }

  private void words(String label, List<String> words) {
    add(label, words.isEmpty() ? null : String.join(", ", words));
  }
}
