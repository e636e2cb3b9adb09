package dev.atmos.aws.eks;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.integration.IntegrationSpec;
import dev.atmos.services.config.ConfigMap;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.UpdateMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an integration of kind {@code aws/eks} says.
 *
 * @param alias what the context is to be called; null for the cluster's ARN
 * @param path the kubeconfig, in which {@code ~} and variables are still to be replaced; null for
 *     the usual one
 * @param mode what a new kubeconfig gets
 * @param update what becomes of entries that are there
 */
record EksSettings(
    ClusterRequest cluster,
    @Nullable String alias,
    @Nullable String path,
    FileMode mode,
    UpdateMode update) {

  /** Bits by which others than the owner could write. */
  private static final int OTHERS_WRITE = 0022;

  /**
   * Reads them.
   *
   * @throws AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE} and the place in the
   *     file, if a field is missing or wrong
   */
  static EksSettings read(IntegrationSpec integration) {
    ConfigMap cluster = map(map(integration.fields(), "spec"), "cluster");
    Optional<ConfigMap> kubeconfig = cluster.map("kubeconfig");
    ConfigMap file = kubeconfig.isPresent() ? kubeconfig.get() : null;
    return new EksSettings(
        new ClusterRequest(
            ClusterName.of("'name'", required(cluster, "name")),
            Region.of("'region'", required(cluster, "region")),
            null),
        optional(cluster, "alias"),
        file == null ? null : path(file),
        file == null ? FileMode.PRIVATE : mode(file),
        file == null ? UpdateMode.MERGE : update(file));
  }

  /**
   * Where it goes.
   *
   * @param option what {@code --kubeconfig} said, if it was given
   */
  KubeconfigTarget target(@Nullable String option) {
    return new KubeconfigTarget(option, path, mode);
  }

  private static ConfigMap map(ConfigMap parent, String key) {
    Optional<ConfigMap> map = parent.map(key);
    if (map.isEmpty()) {
      throw parent.positionOf(key).error("'" + key + "' is missing");
    }
    return map.get();
  }

  private static String required(ConfigMap map, String key) {
    String text = optional(map, key);
    if (text == null) {
      throw map.positionOf(key).error("'" + key + "' is missing");
    }
    return text;
  }

  private static @Nullable String optional(ConfigMap map, String key) {
    Optional<String> text = map.text(key);
    return text.isEmpty() || text.get().isEmpty() ? null : text.get();
  }

  private static @Nullable String path(ConfigMap file) {
    String path = optional(file, "path");
    try {
      return new KubeconfigTarget(null, path, FileMode.PRIVATE).setting();
    } catch (IllegalArgumentException e) {
      throw file.positionOf("path").error("'path' can't be used: " + e.getMessage());
    }
  }

  private static FileMode mode(ConfigMap file) {
    String text = optional(file, "mode");
    if (text == null) {
      return FileMode.PRIVATE;
    }
    try {
      FileMode mode = FileMode.parse(text);
      if ((mode.bits() & OTHERS_WRITE) != 0) {
        throw new IllegalArgumentException("the mode must not let others write the file");
      }
      return mode;
    } catch (IllegalArgumentException e) {
      throw file.positionOf("mode").error("'mode' can't be used: " + e.getMessage());
    }
  }

  private static UpdateMode update(ConfigMap file) {
    String word = optional(file, "update");
    if (word == null) {
      return UpdateMode.MERGE;
    }
    return switch (word) {
      case "merge" -> UpdateMode.MERGE;
      case "replace" -> UpdateMode.REPLACE;
      case "error" -> UpdateMode.ERROR;
      default -> throw file.positionOf("update").error("'update' must be merge, replace or error");
    };
  }
}
