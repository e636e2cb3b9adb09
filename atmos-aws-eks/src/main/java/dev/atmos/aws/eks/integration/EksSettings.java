package dev.atmos.aws.eks.integration;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.LineText;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.services.kube.UpdateMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an integration of kind {@code aws/eks}.
 *
 * @param alias the name of the context; null for the cluster's ARN
 * @param path the kubeconfig, in which {@code ~} and variables are still to be replaced; null for
 *     the usual one
 * @param mode the mode of a new kubeconfig
 * @param update what becomes of entries that exist already
 */
public record EksSettings(
    ClusterRequest cluster,
    @Nullable String alias,
    @Nullable String path,
    FileMode mode,
    UpdateMode update) {

  /** The path of the cluster's name. */
  public static final String CLUSTER_NAME = "spec.cluster.name";

  static final String REGION = "spec.cluster.region";
  static final String ALIAS = "spec.cluster.alias";
  private static final String KUBECONFIG = "spec.cluster.kubeconfig";
  private static final String PATH = KUBECONFIG + ".path";
  private static final String MODE = KUBECONFIG + ".mode";
  private static final String UPDATE = KUBECONFIG + ".update";

  /** The bits that let other users write. */
  private static final int OTHERS_WRITE = 0022;

  static Schema schema() {
    return Schema.object("An EKS cluster in the kubeconfig.")
        .required(
            CLUSTER_NAME,
            Schema.text("The cluster's name.")
                .withPattern(
                    "[0-9A-Za-z][0-9A-Za-z._-]{0,99}",
                    "1 to 100 letters, digits, '-', '_' and '.', a letter or digit first")
                .withExample("prod-eks")
                .withLabel("cluster"))
        .required(
            REGION,
            Schema.text("The cluster's region.")
                .withPattern("(?=.{1,63}$)[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}", "an AWS region")
                .withExample("us-east-2")
                .withLabel("region"))
        .optional(
            ALIAS,
            LineText.schema("The name of the context.", NameSyntax.NAME)
                .withExample("prod")
                .withLabel("alias"))
        .optional(
            PATH,
            Schema.writablePath("The file, in place of the one that kubectl uses.")
                .withExample("~/.kube/prod")
                .withLabel("kubeconfig"))
        .optional(
            MODE,
            Schema.text("The permissions of a new file, in octal digits.")
                .withPattern(
                    "0?[0-7][0145][0145]", "3 or 4 octal digits that let only the owner write")
                .withExample("0600")
                .withDefault("0600"))
        .optional(
            UPDATE,
            Schema.choice(
                    "What becomes of entries that are there: fields are merged in, they are"
                        + " replaced, or they are an error.",
                    "merge",
                    "replace",
                    "error")
                .withDefault("merge"))
        .withDescription("spec", "Settings of the integration.")
        .withDescription("spec.cluster", "The cluster.")
        .withDescription(KUBECONFIG, "The file that the cluster is written to.");
  }

  /**
   * Reads the settings.
   *
   * @throws AtmosException with {@link dev.atmos.plugin.base.ExitCode#USAGE} if a field is missing
   *     or wrong
   */
  public static EksSettings of(Definition definition) {
    // Checks that this file may name a path to write to. The value isn't used: the service that
    // reads the path replaces variables in it.
    var _ = definition.writablePath(PATH);
    return new EksSettings(
        new ClusterRequest(
            ClusterName.of("'name'", definition.requiredText(CLUSTER_NAME)),
            Region.of("'region'", definition.requiredText(REGION)),
            null),
        parsed(definition, ALIAS, null, EksSettings::name),
        parsed(definition, PATH, null, EksSettings::path),
        parsed(definition, MODE, FileMode.PRIVATE, EksSettings::mode),
        parsed(definition, UPDATE, UpdateMode.MERGE, UpdateMode::parse));
  }

  /**
   * The kubeconfig of the cluster.
   *
   * @param option the value of {@code --kubeconfig}, if it was given
   */
  public KubeconfigTarget target(@Nullable String option) {
    return new KubeconfigTarget(option, path, mode);
  }

  static @Nullable String text(Definition definition, String path) {
    return definition.text(path).filter(text -> !text.isEmpty()).orElse(null);
  }

  /** A field that is checked beyond its schema. */
  private static <T extends @Nullable Object> T parsed(
      Definition definition, String path, T absent, Function<String, T> parser) {
    String text = text(definition, path);
    try {
      return text == null ? absent : parser.apply(text);
    } catch (IllegalArgumentException e) {
      String key = path.substring(path.lastIndexOf('.') + 1);
      throw definition.error(path, "'" + key + "' can't be used: " + e.getMessage(), null);
    }
  }

  private static String name(String text) {
    NameSyntax.check("the name", text, NameSyntax.NAME);
    return text;
  }

  private static @Nullable String path(String text) {
    return new KubeconfigTarget(null, text, FileMode.PRIVATE).setting();
  }

  private static FileMode mode(String text) {
    FileMode mode = FileMode.parse(text);
    if ((mode.bits() & OTHERS_WRITE) != 0) {
      throw new IllegalArgumentException("the mode must not let others write the file");
    }
    return mode;
  }
}
