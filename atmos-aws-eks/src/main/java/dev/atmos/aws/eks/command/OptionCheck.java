package dev.atmos.aws.eks.command;

import dev.atmos.aws.eks.cluster.AssumedRole;
import dev.atmos.aws.eks.kubeconfig.AliasTemplate;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.text.DisplayNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks which options go together, and the form of each, before anything is looked up. */
final class OptionCheck {
  static final String EXAMPLE = "atmos aws eks update-kubeconfig --name NAME --region REGION";

  private final Services services;
  private final UpdateOptions options;

  OptionCheck(Services services, UpdateOptions options) {
    this.services = services;
    this.options = options;
  }

  /**
   * Checks them.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if they make no sense
   */
  void check() {
    text("--region", options.region, NameSyntax.NAME);
    text("--identity", options.identity, NameSyntax.NAME);
    text("--alias", options.alias, NameSyntax.NAME);
    text("--user-alias", options.userAlias, NameSyntax.NAME);
    text("--kubeconfig", options.kubeconfig, NameSyntax.PATH);
    checkForms();
    boolean named = !options.names.isEmpty();
    boolean integrated = !options.integrations.isEmpty();
    exclusive("--name", named, "--integration", integrated);
    exclusive("--all", options.all, "--name", named);
    exclusive("--all", options.all, "--integration", integrated);
    exclusive("--region", options.region != null, "--regions", options.regions != null);
    exclusive("--role-arn", options.roleArn != null, "--identity", options.identity != null);
    exclusive("--portable", options.portable, UpdateOptions.COMMAND, options.command != null);
    if (!named && !integrated && !options.all) {
      throw nothingNamed();
    }
    if (integrated && options.region != null) {
      throw usage("--region goes with --name: an integration has a region of its own", null);
    }
    if (integrated && (options.identity != null || options.roleArn != null)) {
      throw usage(
          (options.identity != null ? "--identity" : "--role-arn")
              + " goes with --name: an integration has an identity of its own",
          null);
    }
    onlyWithAll(UpdateOptions.REGIONS, options.regions != null);
    onlyWithAll("--tag", !options.tags.isEmpty());
    if (options.remove) {
      without("--remove", "--all", options.all);
      without("--remove", UpdateOptions.ALIAS, options.alias != null);
      without("--remove", "--user-alias", options.userAlias != null);
      without("--remove", "--no-switch", options.noSwitch);
      without("--remove", "--assume-role-arn", options.assumeRoleArn != null);
      without("--remove", "--portable", options.portable);
      without("--remove", UpdateOptions.COMMAND, options.command != null);
      without("--remove", "--namespace", options.namespace != null);
      without("--remove", "--server", options.server != null);
      without("--remove", "--tls-server-name", options.tlsServerName != null);
      without("--remove", "--proxy-url", options.proxyUrl != null);
    }
    if (options.prints()) {
      without("--kubeconfig -", "--remove", options.remove);
      without("--kubeconfig -", "--dry-run", options.dryRun);
      without("--kubeconfig -", "--output json", options.output.isJson());
    }
  }

  private void checkForms() {
    for (String tag : options.tags) {
      if (tag.indexOf('=') < 1) {
        throw usage("--tag isn't of the form key=value", "for example: --tag team=shop");
      }
    }
    if (options.alias != null) {
      try {
        AliasTemplate.check(options.alias);
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()), "for example: --alias '{account}/{cluster}'");
      }
    }
    checkRole("--role-arn", options.roleArn);
    checkRole("--assume-role-arn", options.assumeRoleArn);
  }

  private static void checkRole(String option, @Nullable String arn) {
    if (arn != null && !arn.matches(AssumedRole.ARN)) {
      throw usage(
          option + " isn't the ARN of an IAM role",
          "a role's ARN looks like arn:aws:iam::111122223333:role/deploy");
    }
  }

  private static void exclusive(String one, boolean hasOne, String other, boolean hasOther) {
    if (hasOne && hasOther) {
      throw usage(one + " and " + other + " exclude each other", null);
    }
  }

  private void onlyWithAll(String option, boolean given) {
    if (given && !options.all) {
      throw usage(option + " goes with --all", null);
    }
  }

  private static void without(String option, String other, boolean given) {
    if (given) {
      throw usage(other + " makes no sense with " + option, null);
    }
  }

  /** Refuses a value that is empty, invisible or too long. */
  static void text(String option, @Nullable String value, int longest) {
    if (value != null) {
      try {
        NameSyntax.check(option, value, longest);
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()), null);
      }
    }
  }

  private AtmosException nothingNamed() {
    List<String> integrations = services.service(ConfiguredNames.class).integrations();
    return usage(
        "no cluster is named",
        integrations.isEmpty()
            ? EXAMPLE
            : EXAMPLE + ", or --integration with one of: " + DisplayNames.list(integrations));
  }

  static AtmosException usage(String problem, @Nullable String hint) {
    return new AtmosException(ExitCode.USAGE, problem, hint, null);
  }
}
