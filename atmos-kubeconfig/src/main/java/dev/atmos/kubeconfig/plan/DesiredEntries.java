package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ExecPlugin;
import java.util.ArrayList;
import java.util.List;

/** The entries as they should be. */
final class DesiredEntries {
  private DesiredEntries() {}

  static YamlNode.Mapping cluster(String name, ClusterAccess access) {
    return YamlNode.newMapping(
        "name",
        name,
        "cluster",
        YamlNode.newMapping(
            "server",
            access.server(),
            "certificate-authority-data",
            access.certificateAuthority().data(),
            "extensions",
            new ManagedMarker(access.arn(), null, null, new OriginalHeader()).write()));
  }

  static YamlNode.Mapping context(String name, String cluster, String user, ManagedMarker marker) {
    return YamlNode.newMapping(
        "name",
        name,
        "context",
        YamlNode.newMapping("cluster", cluster, "user", user, "extensions", marker.write()));
  }

  static YamlNode.Mapping user(String name, ExecPlugin plugin) {
    return YamlNode.newMapping("name", name, "user", YamlNode.newMapping("exec", exec(plugin)));
  }

  static YamlNode.Mapping exec(ExecPlugin plugin) {
    YamlNode.Mapping exec =
        YamlNode.newMapping("apiVersion", plugin.apiVersion(), "command", plugin.command());
    if (!plugin.args().isEmpty()) {
      exec.add("args", texts(plugin.args()));
    }
    if (!plugin.env().isEmpty()) {
      List<YamlNode> variables = new ArrayList<>();
      for (ExecPlugin.Variable variable : plugin.env()) {
        variables.add(YamlNode.newMapping("name", variable.name(), "value", variable.value()));
      }
      exec.add("env", YamlNode.newList(variables));
    }
    if (plugin.installHint() != null) {
      exec.add("installHint", YamlNode.newText(plugin.installHint()));
    }
    exec.add("interactiveMode", YamlNode.newText(plugin.interactiveMode().text()));
    return exec;
  }

  /** The cluster of a plugin's entry. */
  static YamlNode.Mapping cluster(PluginEntry entry) {
    YamlNode.Mapping cluster = YamlNode.newMapping("server", entry.server());
    if (entry.certificateAuthority() != null) {
      cluster.add(
          "certificate-authority-data", YamlNode.newText(entry.certificateAuthority().data()));
    }
    return marked(entry, "cluster", cluster);
  }

  /** The context of a plugin's entry. */
  static YamlNode.Mapping context(PluginEntry entry) {
    YamlNode.Mapping context = YamlNode.newMapping("cluster", entry.name(), "user", entry.name());
    if (entry.namespace() != null) {
      context.add("namespace", YamlNode.newText(entry.namespace()));
    }
    return marked(entry, "context", context);
  }

  /** The user of a plugin's entry. */
  static YamlNode.Mapping user(PluginEntry entry) {
    return marked(entry, "user", YamlNode.newMapping("exec", exec(entry.exec())));
  }

  private static YamlNode.Mapping marked(PluginEntry entry, String key, YamlNode.Mapping body) {
    body.add("extensions", PluginMarker.write(entry.name()));
    return YamlNode.newMapping("name", entry.name(), key, body);
  }

  static YamlNode.Sequence texts(List<String> texts) {
    List<YamlNode> nodes = new ArrayList<>();
    for (String text : texts) {
      nodes.add(YamlNode.newText(text));
    }
    return YamlNode.newList(nodes);
  }
}
