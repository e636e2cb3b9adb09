package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterCertificate;
import dev.atmos.services.kube.ExecPlugin;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries as they should be. */
final class DesiredEntries {
  private static final String EXTENSIONS = "extensions";

  private DesiredEntries() {}

  /**
   * The cluster of an access.
   *
   * @param server its server
   * @param recorded the server that the marker records as ours; null for none
   */
  static YamlNode.Mapping cluster(
      String name, ClusterAccess access, String server, @Nullable String recorded) {
    return entry(
        Kind.CLUSTER,
        name,
        "server",
        server,
        "certificate-authority-data",
        access.certificateAuthority().data(),
        "tls-server-name",
        access.overrides().tlsServerName(),
        "proxy-url",
        access.overrides().proxyUrl(),
        EXTENSIONS,
        ManagedMarker.ofCluster(access.arn(), recorded).write());
  }

  /** The cluster of a plugin's entry. */
  static YamlNode.Mapping cluster(PluginEntry entry) {
    ClusterCertificate authority = entry.certificateAuthority();
    return entry(
        Kind.CLUSTER,
        entry.name(),
        "server",
        entry.server(),
        "certificate-authority-data",
        authority == null ? null : authority.data(),
        EXTENSIONS,
        ManagedMarker.ofPlugin(entry.name()));
  }

  static YamlNode.Mapping context(
      String name, String cluster, String user, @Nullable String namespace, ManagedMarker marker) {
    return entry(
        Kind.CONTEXT,
        name,
        "cluster",
        cluster,
        "user",
        user,
        "namespace",
        namespace,
        EXTENSIONS,
        marker.write());
  }

  /** The context of a plugin's entry. */
  static YamlNode.Mapping context(PluginEntry entry) {
    String name = entry.name();
    return entry(
        Kind.CONTEXT,
        name,
        "cluster",
        name,
        "user",
        name,
        "namespace",
        entry.namespace(),
        EXTENSIONS,
        ManagedMarker.ofPlugin(name));
  }

  static YamlNode.Mapping user(String name, ExecPlugin plugin) {
    return entry(Kind.USER, name, "exec", exec(plugin));
  }

  /** The user of a plugin's entry. */
  static YamlNode.Mapping user(PluginEntry entry) {
    String name = entry.name();
    return entry(
        Kind.USER, name, "exec", exec(entry.exec()), EXTENSIONS, ManagedMarker.ofPlugin(name));
  }

  private static YamlNode.Mapping entry(Kind kind, String name, @Nullable Object... keysAndValues) {
    return YamlNode.newMapping(
        "name", name, KubeconfigDocument.bodyKey(kind), YamlNode.newMapping(keysAndValues));
  }

  static YamlNode.Mapping exec(ExecPlugin plugin) {
    List<YamlNode> variables = new ArrayList<>();
    for (ExecPlugin.Variable variable : plugin.env()) {
      variables.add(YamlNode.newMapping("name", variable.name(), "value", variable.value()));
    }
    return YamlNode.newMapping(
        "apiVersion", plugin.apiVersion(),
        "command", plugin.command(),
        "args", plugin.args().isEmpty() ? null : texts(plugin.args()),
        "env", variables.isEmpty() ? null : YamlNode.newList(variables),
        "installHint", plugin.installHint(),
        "interactiveMode", plugin.interactiveMode().text());
  }

  static YamlNode.Sequence texts(List<String> texts) {
    return YamlNode.newList(texts.stream().map(YamlNode::newText).toList());
  }
}
