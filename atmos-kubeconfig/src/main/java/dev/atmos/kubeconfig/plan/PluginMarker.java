package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * The marker of entries that atmos has added for a plugin: an item of their {@code extensions} that
 * names the context that they belong to. It has no ARN, so that entries for EKS and those of
 * plugins never count as each other's.
 */
final class PluginMarker {
  private static final String CONTEXT = "context";

  private PluginMarker() {}

  /** Whether the body of an entry carries the marker of that context. */
  static boolean isOf(String context, YamlNode.@Nullable Mapping body) {
    YamlNode.Mapping extension = ManagedMarker.extension(body);
    return extension != null && context.equals(extension.text(CONTEXT));
  }

  /** A value of {@code extensions} that holds the marker. */
  static YamlNode.Sequence write(String context) {
    return ManagedMarker.extensions(YamlNode.newMapping(CONTEXT, context));
  }
}
