package dev.atmos.kubeconfig;

import dev.atmos.services.kube.ClusterArn;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster or context that we have made carries in its {@code extensions}: whose it is, and
 * what there was before it. kubectl keeps it, whatever it rewrites.
 *
 * @param arn which cluster
 * @param identity as whom; null for a cluster, and where nobody was named
 * @param previous the context that was current before this one; null if none was
 * @param memory what else there was
 */
record Marker(ClusterArn arn, @Nullable String identity, @Nullable String previous, Memory memory) {
  static final String NAME = "atmos.dev/managed";

  private static final String EXTENSIONS = "extensions";
  private static final String EXTENSION = "extension";
  private static final String ARN = "arn";
  private static final String IDENTITY = "identity";
  private static final String PREVIOUS = "previous-context";
  private static final String RESTORE = "restore";

  /** The marker in the body of an entry; null where there is none. */
  static @Nullable Marker read(Node.@Nullable Mapping body) {
    Node.Mapping extension = extension(body);
    if (extension == null) {
      return null;
    }
    String arn = extension.text(ARN);
    ClusterArn parsed = arn == null ? null : ClusterArn.find(arn).orElse(null);
    return parsed == null
        ? null
        : new Marker(
            parsed,
            extension.text(IDENTITY),
            extension.text(PREVIOUS),
            Memory.read(extension.mapping(RESTORE)));
  }

  /** The content of the marker; null where there is none. */
  private static Node.@Nullable Mapping extension(Node.@Nullable Mapping body) {
    Node.Sequence extensions = body == null ? null : body.sequence(EXTENSIONS);
    if (extensions != null) {
      for (Node item : extensions.items) {
        if (item.resolved() instanceof Node.Mapping named && NAME.equals(named.text("name"))) {
          return named.mapping(EXTENSION);
        }
      }
    }
    return null;
  }

  boolean isOf(ClusterArn cluster, @Nullable String whose) {
    return arn.equals(cluster) && Objects.equals(identity, whose);
  }

  /** The value of {@code extensions} with this marker in it. */
  Node.Sequence write() {
    Node.Mapping extension = Node.newMapping(ARN, arn.toString());
    if (identity != null) {
      extension.add(IDENTITY, Node.newText(identity));
    }
    if (previous != null) {
      extension.add(PREVIOUS, Node.newText(previous));
    }
    if (!memory.isEmpty()) {
      extension.add(RESTORE, memory.write());
    }
    return Node.newList(java.util.List.of(Node.newMapping("name", NAME, EXTENSION, extension)));
  }

  /**
   * Notes in an entry what there was before it, in place of what was noted.
   *
   * @return whether that is anything else
   */
  static boolean remember(Edit edit, Node.Mapping body, @Nullable String previous, Memory memory)
      throws BrokenFileException {
    Node.Mapping extension = extension(body);
    if (extension == null) {
      return false;
    }
    boolean changed =
        set(edit, extension, PREVIOUS, previous == null ? null : Node.newText(previous));
    return set(edit, extension, RESTORE, memory.isEmpty() ? null : memory.write()) || changed;
  }

  private static boolean set(Edit edit, Node.Mapping extension, String key, @Nullable Node value)
      throws BrokenFileException {
    Node.Pair pair = extension.pair(key);
    if (pair == null) {
      if (value != null) {
        edit.put(extension, key, value);
      }
      return value != null;
    }
    if (value == null) {
      edit.removePair(extension, pair);
      return true;
    }
    if (value.says(pair.value)) {
      return false;
    }
    edit.replace(extension, pair, value);
    return true;
  }
}
