package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlEditor;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterArn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The marker in the {@code extensions} of each cluster and context that atmos has added for EKS.
 * kubectl keeps it whenever it rewrites a file.
 *
 * @param arn the cluster
 * @param identity the identity; null for a cluster, and for access without an identity
 * @param previous the context that was current before this one; null if none was
 * @param header the file's top before this context
 */
record ManagedMarker(
    ClusterArn arn, @Nullable String identity, @Nullable String previous, OriginalHeader header) {
  private static final String NAME = "atmos.dev/managed";
  private static final String EXTENSIONS = "extensions";
  private static final String EXTENSION = "extension";
  private static final String ARN = "arn";
  private static final String IDENTITY = "identity";
  private static final String PREVIOUS = "previous-context";
  private static final String RESTORE = "restore";

  /** The marker in the body of an entry. */
  static @Nullable ManagedMarker read(YamlNode.@Nullable Mapping body) {
    YamlNode.Mapping extension = extension(body);
    if (extension == null) {
      return null;
    }
    String arn = extension.text(ARN);
    ClusterArn parsed = arn == null ? null : ClusterArn.find(arn).orElse(null);
    return parsed == null
        ? null
        : new ManagedMarker(
            parsed,
            extension.text(IDENTITY),
            extension.text(PREVIOUS),
            OriginalHeader.read(extension.mapping(RESTORE)));
  }

  /** The content of the marker, whatever it is. */
  static YamlNode.@Nullable Mapping extension(YamlNode.@Nullable Mapping body) {
    YamlNode.Sequence extensions = body == null ? null : body.sequence(EXTENSIONS);
    if (extensions != null) {
      for (YamlNode item : extensions.items()) {
        if (item.resolved() instanceof YamlNode.Mapping named && NAME.equals(named.text("name"))) {
          return named.mapping(EXTENSION);
        }
      }
    }
    return null;
  }

  boolean isOf(ClusterArn cluster, @Nullable String whose) {
    return arn.equals(cluster) && Objects.equals(identity, whose);
  }

  /** A value of {@code extensions} that holds this marker. */
  YamlNode.Sequence write() {
    YamlNode.Mapping extension = YamlNode.newMapping(ARN, arn.toString());
    if (identity != null) {
      extension.add(IDENTITY, YamlNode.newText(identity));
    }
    if (previous != null) {
      extension.add(PREVIOUS, YamlNode.newText(previous));
    }
    if (!header.isEmpty()) {
      extension.add(RESTORE, header.write());
    }
    return extensions(extension);
  }

  /** A value of {@code extensions} that holds a marker with this content. */
  static YamlNode.Sequence extensions(YamlNode.Mapping content) {
    return YamlNode.newList(List.of(YamlNode.newMapping("name", NAME, EXTENSION, content)));
  }

  /**
   * Records in an entry what was there before it.
   *
   * @return whether that changes the entry
   */
  static boolean record(
      YamlEditor editor, YamlNode.Mapping body, @Nullable String previous, OriginalHeader header)
      throws BrokenFileException {
    YamlNode.Mapping extension = extension(body);
    if (extension == null) {
      return false;
    }
    boolean changed =
        set(editor, extension, PREVIOUS, previous == null ? null : YamlNode.newText(previous));
    return set(editor, extension, RESTORE, header.isEmpty() ? null : header.write()) || changed;
  }

  private static boolean set(
      YamlEditor editor, YamlNode.Mapping extension, String key, @Nullable YamlNode value)
      throws BrokenFileException {
    YamlNode.Pair pair = extension.pair(key);
    if (pair == null) {
      if (value != null) {
        editor.put(extension, key, value);
      }
      return value != null;
    }
    if (value == null) {
      editor.removePair(extension, pair);
      return true;
    }
    if (value.matches(pair.value())) {
      return false;
    }
    editor.replace(extension, pair, value);
    return true;
  }
}
