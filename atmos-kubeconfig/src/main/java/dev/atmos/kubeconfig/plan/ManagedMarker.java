package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.BrokenFileException;
import dev.atmos.kubeconfig.yaml.YamlEditor;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeconfigPlan.Action;
import dev.atmos.services.kube.KubeconfigPlan.Kind;
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
 * @param server the server that atmos has written into a cluster; null where that isn't known, and
 *     for a context
 * @param naming who has named the context; null where that isn't known
 * @param header the file's top before this context
 */
record ManagedMarker(
    ClusterArn arn,
    @Nullable String identity,
    @Nullable String previous,
    @Nullable String server,
    @Nullable Naming naming,
    OriginalHeader header) {
  private static final String NAME = "atmos.dev/managed";
  private static final String EXTENSIONS = "extensions";
  private static final String EXTENSION = "extension";
  private static final String ARN = "arn";
  private static final String IDENTITY = "identity";
  private static final String SERVER = "server";
  private static final String PREVIOUS = "previous-context";
  private static final String RESTORE = "restore";
  private static final String CONTEXT = "context";
  private static final String ALIAS = "alias";
  private static final String INTEGRATION = "integration";

  /**
   * The alias that a context got from the configuration.
   *
   * @param alias the context's name at that time
   * @param integration the integration that the alias is of
   */
  record Naming(String alias, String integration) {
    /** What an access says; null if its alias is not of an integration. */
    static @Nullable Naming of(ClusterAccess access) {
      String alias = access.contextAlias();
      String integration = access.integration();
      return alias == null || integration == null ? null : new Naming(alias, integration);
    }

    private static @Nullable Naming read(YamlNode.Mapping extension) {
      String alias = extension.text(ALIAS);
      String integration = extension.text(INTEGRATION);
      return alias == null || integration == null ? null : new Naming(alias, integration);
    }
  }

  /** The marker of a new context. */
  static ManagedMarker of(ClusterAccess access) {
    return new ManagedMarker(
        access.arn(), access.identity(), null, null, Naming.of(access), new OriginalHeader());
  }

  /** The marker of a cluster. */
  static ManagedMarker ofCluster(ClusterArn arn, @Nullable String server) {
    return new ManagedMarker(arn, null, null, server, null, new OriginalHeader());
  }

  /** This marker, for the identity and the alias of an access. */
  ManagedMarker as(ClusterAccess access) {
    return new ManagedMarker(arn, access.identity(), previous, null, Naming.of(access), header);
  }

  /** The marker in the body of an entry. */
  static @Nullable ManagedMarker read(YamlNode.Mapping body) {
    YamlNode.Mapping extension = extension(body);
    String arn = extension == null ? null : extension.text(ARN);
    if (extension == null || arn == null) {
      return null;
    }
    return ClusterArn.find(arn)
        .map(found ->
            new ManagedMarker(
                found,
                extension.text(IDENTITY),
                extension.text(PREVIOUS),
                extension.text(SERVER),
                Naming.read(extension),
                OriginalHeader.read(extension.mapping(RESTORE))))
        .orElse(null);
  }

  private static YamlNode.@Nullable Mapping extension(YamlNode.Mapping body) {
    YamlNode.Sequence extensions = body.sequence(EXTENSIONS);
    YamlNode.Mapping named = extensions == null ? null : extensions.named(NAME);
    return named == null ? null : named.mapping(EXTENSION);
  }

  /** Whether an entry carries the marker of a plugin's entry of its name. */
  static boolean isOfPlugin(Entry entry) {
    YamlNode.Mapping extension = extension(entry.body());
    return extension != null && entry.name.equals(extension.text(CONTEXT));
  }

  boolean isOf(ClusterArn cluster, @Nullable String whose) {
    return arn.equals(cluster) && Objects.equals(identity, whose);
  }

  /** A value of {@code extensions} that holds this marker. */
  YamlNode.Sequence write() {
    return extensions(
        YamlNode.newMapping(
            ARN,
            arn.toString(),
            IDENTITY,
            identity,
            SERVER,
            server,
            ALIAS,
            naming == null ? null : naming.alias(),
            INTEGRATION,
            naming == null ? null : naming.integration(),
            PREVIOUS,
            previous,
            RESTORE,
            header.write()));
  }

  /**
   * A value of {@code extensions} that holds the marker of a plugin's entries: the context that
   * they belong to. It has no ARN, so that entries for EKS and those of plugins never count as each
   * other's.
   */
  static YamlNode.Sequence ofPlugin(String context) {
    return extensions(YamlNode.newMapping(CONTEXT, context));
  }

  private static YamlNode.Sequence extensions(YamlNode.Mapping content) {
    return YamlNode.newList(List.of(YamlNode.newMapping("name", NAME, EXTENSION, content)));
  }

  /**
   * Records in a context of ours what was current before it, and the file's top.
   *
   * @return whether that changes the context
   */
  static boolean record(Entry context, @Nullable String previous, OriginalHeader header)
      throws BrokenFileException {
    YamlNode.Mapping extension = extension(context.body());
    if (extension == null) {
      return false;
    }
    YamlEditor editor = context.file().editor();
    boolean changed =
        set(editor, extension, PREVIOUS, previous == null ? null : YamlNode.newText(previous));
    return set(editor, extension, RESTORE, header.write()) || changed;
  }

  /**
   * Records in a context that carries this marker what is current before it from now on.
   *
   * @param gap how that stands in the file, if that differs from how we would write it
   */
  void recordAgain(Entry context, @Nullable String previousContext, @Nullable String gap)
      throws BrokenFileException {
    if (record(context, previousContext, header.withCurrentContext(gap))) {
      context.file().note(Action.CHANGE, Kind.CONTEXT, context.name, List.of(EXTENSIONS));
    }
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
