package dev.atmos.aws.eks.convert;

import dev.atmos.plugin.auth.Identities;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.kind.Description;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredNames;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the identity of the configuration that a foreign entry stands for. */
final class IdentityFinder {
  private static final String PERMISSION_SET_ROLES = ":role/aws-reserved/sso.amazonaws.com/";
  private static final String PERMISSION_SET_ROLE = "AWSReservedSSO_";

  private final Services services;
  private final @Nullable String chosen;
  private final Map<String, Description> identities = new HashMap<>();
  private final List<String> names;
  private final Map<String, String> answers = new HashMap<>();

  /**
   * A finder.
   *
   * @param chosen the value of {@code --identity}; null where it isn't given
   */
  IdentityFinder(Services services, @Nullable String chosen) {
    this.services = services;
    this.chosen =
        chosen == null ? null : services.service(Identities.class).nameOf(chosen).orElse(null);
    ConfiguredNames configured = services.service(ConfiguredNames.class);
    this.names = configured.identities();
    names.forEach(name -> identities.put(name, describe(configured, name)));
  }

  /** A definition that can't be read describes nothing. */
  private static Description describe(ConfiguredNames configured, String name) {
    try {
      return configured.describe(name);
    } catch (AtmosException e) {
      return Description.NONE;
    }
  }

  /**
   * The identity of an entry; empty if the entry means what the environment offers.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if none fits, or several do and the user
   *     can't be asked
   */
  Optional<String> find(ForeignCommand command, ForeignCluster cluster) {
    String account = cluster.account();
    if (command.identity() != null) {
      return services.service(Identities.class).nameOf(command.identity());
    }
    if (chosen != null) {
      requireAccount(chosen, account);
      return Optional.of(chosen);
    }
    String role = command.role();
    if (role != null) {
      List<String> fitting = names.stream().filter(name -> isRole(name, role)).toList();
      if (fitting.isEmpty()) {
        throw none(role);
      }
      return Optional.of(one(fitting, "role " + role));
    }
    if (command.profile() != null || names.isEmpty()) {
      return Optional.empty();
    }
    List<String> fitting = names.stream().filter(name -> isOf(name, account, false)).toList();
    if (fitting.isEmpty()) {
      fitting = names.stream().filter(name -> isOf(name, account, true)).toList();
    } else if (fitting.size() == 1) {
      return Optional.of(fitting.getFirst());
    }
    // Of identities whose account isn't known, not even a single one is sure to fit.
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(chosenOf(fitting, account == null ? "cluster" : "account " + account));
  }

  private void requireAccount(String name, @Nullable String account) {
    String own = description(name).account().orElse(null);
    if (own != null && account != null && !own.equals(account)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "identity "
              + DisplayNames.quoted(name)
              + " is of account "
              + own
              + ", and the cluster is in account "
              + account);
    }
  }

  private Description description(String name) {
    return identities.getOrDefault(name, Description.NONE);
  }

  private boolean isOf(String name, @Nullable String account, boolean unknown) {
    Optional<String> own = description(name).account();
    return unknown
        ? own.isEmpty() || account == null
        : account != null && own.equals(Optional.of(account));
  }

  /** Also the role that IAM Identity Center makes for a permission set. */
  private boolean isRole(String name, String role) {
    Description description = description(name);
    String principal = description.principal().orElse("");
    String[] parts = role.split(":", 6);
    return principal.equals(role)
        || (parts.length == 6
            && description.account().equals(Optional.of(parts[4]))
            && role.contains(PERMISSION_SET_ROLES)
            && role.substring(role.lastIndexOf('/') + 1)
                .startsWith(PERMISSION_SET_ROLE + principal + "_"));
  }

  private static AtmosException none(String role) {
    return new AtmosException(
        ExitCode.USAGE,
        "no identity of the configuration is " + role,
        "add one: auth: {identities: {NAME: {kind: aws/assume-role, via: {identity: BASE},"
            + " principal: {assume_role: \""
            + role
            + "\"}}}}");
  }

  private String one(List<String> fitting, String what) {
    return fitting.size() == 1 ? fitting.getFirst() : chosenOf(fitting, what);
  }

  /** Asks the user, once for the same question. */
  private String chosenOf(List<String> fitting, String what) {
    String known = answers.get(what + fitting);
    if (known != null) {
      return known;
    }
    if (!TerminalMode.mayAsk(services)) {
      throw new AtmosException(
          ExitCode.USAGE,
          "it could be any of " + DisplayNames.list(fitting),
          "choose one: --identity NAME");
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < fitting.size(); i++) {
      rows.add("  " + (i + 1) + "  " + TerminalText.line(fitting.get(i)));
    }
    rows.forEach(services.console()::say);
    services
        .terminal()
        .show("Which identity for " + TerminalText.line(what) + "? A number, or a name: ");
    String answer = services.terminal().readLine().orElse("").strip();
    String picked =
        answer.matches("[0-9]{1,4}") && Integer.parseInt(answer) <= fitting.size()
            ? fitting.get(Math.max(1, Integer.parseInt(answer)) - 1)
            : answer;
    if (!fitting.contains(picked)) {
      throw new AtmosException(
          ExitCode.USAGE, "no identity was picked", "choose one: --identity NAME");
    }
    answers.put(what + fitting, picked);
    return picked;
  }
}
