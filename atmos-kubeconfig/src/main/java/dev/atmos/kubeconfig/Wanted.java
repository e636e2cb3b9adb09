package dev.atmos.kubeconfig;

import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ExecPlugin;
import java.util.ArrayList;
import java.util.List;

/** The entries as they are to be, whole. */
final class Wanted {
  private Wanted() {}

  static Node.Mapping cluster(String name, ClusterAccess access) {
    return Node.newMapping(
        "name",
        name,
        "cluster",
        Node.newMapping(
            "server",
            access.server(),
            "certificate-authority-data",
            access.certificateAuthority().data(),
            "extensions",
            new Marker(access.arn(), null, null, new Memory()).write()));
  }

  static Node.Mapping context(String name, String cluster, String user, Marker marker) {
    return Node.newMapping(
        "name",
        name,
        "context",
        Node.newMapping("cluster", cluster, "user", user, "extensions", marker.write()));
  }

  static Node.Mapping user(String name, ExecPlugin plugin) {
    return Node.newMapping("name", name, "user", Node.newMapping("exec", exec(plugin)));
  }

  static Node.Mapping exec(ExecPlugin plugin) {
    Node.Mapping exec =
        Node.newMapping("apiVersion", plugin.apiVersion(), "command", plugin.command());
    if (!plugin.args().isEmpty()) {
      exec.add("args", texts(plugin.args()));
    }
    if (!plugin.env().isEmpty()) {
      List<Node> variables = new ArrayList<>();
      for (ExecPlugin.Variable variable : plugin.env()) {
        variables.add(Node.newMapping("name", variable.name(), "value", variable.value()));
      }
      exec.add("env", Node.newList(variables));
    }
    if (plugin.installHint() != null) {
      exec.add("installHint", Node.newText(plugin.installHint()));
    }
    exec.add("interactiveMode", Node.newText(plugin.interactiveMode().text()));
    return exec;
  }

  static Node.Sequence texts(List<String> texts) {
    List<Node> nodes = new ArrayList<>();
    for (String text : texts) {
      nodes.add(Node.newText(text));
    }
    return Node.newList(nodes);
  }
}
