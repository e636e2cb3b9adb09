package dev.atmos.aws.eks.command;

import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.ShellQuoting;
import java.util.List;

/** Finds the identity of the configuration that has a role. */
final class RoleIdentity {
  /** How the path and the name of a role begin that belongs to a permission set. */
  private static final String RESERVED = "aws-reserved/sso.amazonaws.com/";

  private static final String RESERVED_NAME = "AWSReservedSSO_";

  private final Services services;
  private final ConfiguredNames names;

  RoleIdentity(Services services) {
    this.services = services;
    this.names = services.service(ConfiguredNames.class);
  }

  /**
   * Its name, spelled as in the configuration.
   *
   * @param arn the ARN of a role
   * @throws AtmosException with {@link ExitCode#USAGE} if there is none, with the one to add, or
   *     there are several
   */
  String of(String arn) {
    String account = arn.split(":", -1)[4];
    String path = arn.substring(arn.indexOf(":role/") + ":role/".length());
    String set = permissionSet(path);
    List<String> found =
        names.identities().stream()
            .filter(name -> {
              Description known = names.describe(name);
              String principal = known.principal().orElse("");
              return principal.equals(arn)
                  || (!set.isEmpty()
                      && principal.equals(set)
                      && known.account().orElse("").equals(account));
            })
            .toList();
    if (found.isEmpty()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "no identity has the role " + arn,
          "add one: " + (set.isEmpty() ? role(arn, path) : permissionSet(set, account)));
    }
    if (found.size() > 1) {
      throw new AtmosException(
          ExitCode.USAGE,
          "several identities have the role " + arn + ": " + DisplayNames.list(found),
          "choose one: --identity " + ShellQuoting.word(found.getFirst()));
    }
    return found.getFirst();
  }

  /** The permission set of a role that IAM Identity Center has made; empty for another role. */
  private static String permissionSet(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int end = name.lastIndexOf('_');
    return path.startsWith(RESERVED)
            && name.startsWith(RESERVED_NAME)
            && end > RESERVED_NAME.length()
        ? name.substring(RESERVED_NAME.length(), end)
        : "";
  }

  private String role(String arn, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^0-9A-Za-z_.-]", "-");
    List<String> others = names.identities();
    String base = others.isEmpty() ? "me" : usual(others);
    return "auth: {identities: {"
        + (others.isEmpty() ? "me: {kind: aws/ambient}, " : "")
        + name
        + ": {kind: aws/assume-role, via: {identity: \""
        + base
        + "\"}, principal: {assume_role: \""
        + arn
        + "\"}}}}";
  }

  /** The identity that commands work as; the first one where that isn't settled. */
  private String usual(List<String> identities) {
    try {
      return services
          .service(Identities.class)
          .nameOf(names.chosenIdentity().orElse(null))
          .orElse(identities.getFirst());
    } catch (AtmosException e) {
      return identities.getFirst();
    }
  }

  private String permissionSet(String set, String account) {
    List<String> providers = names.providers();
    return "auth: {identities: {"
        + set
        + ": {kind: aws/permission-set, via: {provider: \""
        + (providers.isEmpty() ? "PROVIDER" : providers.getFirst())
        + "\"}, principal: {name: "
        + set
        + ", account: {id: \""
        + account
        + "\"}}}}}";
  }
}
