package dev.atmos.auth.env;

import dev.atmos.auth.session.AuthEngine;
import dev.atmos.auth.terminal.HostSystem;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.Secret;
import dev.atmos.plugin.integration.IntegrationVariable;
import dev.atmos.plugin.integration.IntegrationVariable.Use;
import dev.atmos.plugin.io.Processes.Variable;
import dev.atmos.services.Services;
import dev.atmos.services.auth.ConfiguredIntegration;
import dev.atmos.services.auth.Integrations;
import dev.atmos.text.DisplayNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables by which programs find what the integrations of an identity have set up. */
final class IntegrationVariables {
  private final Services services;
  private final List<IntegrationVariable> all;

  /** Those of an identity, which is spelled as in the configuration. */
  IntegrationVariables(AuthEngine engine, String identity) {
    this.services = engine.services();
    this.all = all(engine.integrations(), identity);
  }

  /** An integration that can't be used is reported by other commands. */
  private List<IntegrationVariable> all(Integrations integrations, String identity) {
    List<IntegrationVariable> variables = new ArrayList<>();
    for (ConfiguredIntegration integration : integrations.of(identity)) {
      try {
        variables.addAll(integrations.open(integration).variables(identity));
      } catch (AtmosException e) {
        String name = DisplayNames.quoted(integration.name());
        services.console().debug("integration " + name + ": " + e.sentence());
      }
    }
    return variables;
  }

  /** Sets them; in a list, the paths of integrations keep the configuration's order. */
  void set(Map<String, Variable> variables) {
    Map<String, List<String>> before = new LinkedHashMap<>();
    for (IntegrationVariable each : all) {
      String name = each.name();
      if (each.use() == Use.REPLACE) {
        variables.put(name, Variable.of(name, each.value()));
      } else {
        List<String> paths = paths(now(variables, name));
        String path = each.value().reveal();
        if (!paths.contains(path) && each.use() == Use.APPEND_PATH) {
          paths.add(path);
        } else if (!paths.contains(path)) {
          List<String> ours = before.computeIfAbsent(name, key -> new ArrayList<>());
          paths.add(ours.size(), path);
          ours.add(path);
        }
        variables.put(name, Variable.of(name, joined(paths)));
      }
    }
  }

  /** Takes them away, and leaves what else is in a list. */
  void unset(Map<String, Variable> variables) {
    for (IntegrationVariable each : all) {
      String name = each.name();
      List<String> paths = each.use() == Use.REPLACE ? List.of() : paths(now(variables, name));
      paths = new ArrayList<>(paths);
      paths.remove(each.value().reveal());
      variables.put(name, Variable.of(name, paths.isEmpty() ? null : joined(paths)));
    }
  }

  private String now(Map<String, Variable> variables, String name) {
    Variable variable = variables.get(name);
    Secret value = variable == null ? null : variable.value();
    return value == null ? services.environment().get(name).orElse("") : value.reveal();
  }

  private String separator() {
    return HostSystem.isWindows(services) ? ";" : ":";
  }

  private Secret joined(List<String> paths) {
    return Secret.of(String.join(separator(), paths));
  }

  private List<String> paths(String list) {
    Set<String> paths = new LinkedHashSet<>(List.of(list.split(separator(), -1)));
    paths.remove("");
    return new ArrayList<>(paths);
  }
}
