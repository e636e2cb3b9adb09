package dev.atmos.aws.eks.integration;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.aws.eks.cluster.ClusterRequest;
import dev.atmos.aws.eks.kubeconfig.AliasTemplate;
import dev.atmos.aws.eks.kubeconfig.EntrySettings;
import dev.atmos.aws.eks.kubeconfig.EntrySettings.CommandName;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.config.Definition;
import dev.atmos.plugin.config.Schema;
import dev.atmos.services.config.LineText;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterOverrides;
import dev.atmos.services.kube.FileMode;
import dev.atmos.services.kube.KubeconfigTarget;
import dev.atmos.services.kube.NameSyntax;
import dev.atmos.services.kube.UpdateMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an integration of kind {@code aws/eks}.
 *
 * @param entries of the integration that they name
 * @param path the kubeconfig, in which {@code ~} and variables are still to be replaced; null for
 *     the usual one
 * @param mode the mode of a new kubeconfig
 * @param update what becomes of entries that exist already
 */
public record EksSettings(
    ClusterRequest cluster,
    EntrySettings entries,
    @Nullable String path,
    FileMode mode,
    UpdateMode update) {

  /** The path of the cluster's name. */
  public static final String CLUSTER_NAME = "spec.cluster.name";

  static final String REGION = "spec.cluster.region";
  static final String ALIAS = "spec.cluster.alias";
  private static final String NAMESPACE = "spec.cluster.namespace";
  private static final String COMMAND = "spec.cluster.command";
  private static final String ENDPOINT = "spec.cluster.endpoint";
  private static final String TLS_SERVER_NAME = "spec.cluster.tls_server_name";
  private static final String PROXY_URL = "spec.cluster.proxy_url";
  private static final String KUBECONFIG = "spec.cluster.kubeconfig";
  private static final String PATH = KUBECONFIG + ".path";
  private static final String MODE = KUBECONFIG + ".mode";
  private static final String UPDATE = KUBECONFIG + ".update";

  private static final String NAME = "name";
  private static final String ABSOLUTE = "absolute";

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
            LineText.schema(
                    "The name of the context; `{cluster}`, `{region}`, `{account}` and `{identity}`"
                        + " stand for those.",
                    NameSyntax.NAME)
                .withExample("prod")
                .withLabel("alias"))
        .optional(
            NAMESPACE,
            Schema.text("The namespace of a new context.")
                .withPattern(ClusterOverrides.NAMESPACE, "1 to 63 small letters, digits and dashes")
                .withExample("shop")
                .withLabel("namespace"))
        .optional(
            COMMAND,
            Schema.choice(
                "How kubectl's entry names atmos: by its `name`, or by its `absolute` path, for"
                    + " programs without your PATH. Default: the name where PATH leads to it.",
                NAME,
                ABSOLUTE))
        .optional(
            ENDPOINT,
            Schema.endpoint("The URL of the API server in place of AWS's, such as a tunnel's.")
                .withPattern("https://[^\\s/?#@]{1,255}(?:/[^\\s?#]{0,1024})?", "an https:// URL")
                .withExample("https://127.0.0.1:8443")
                .withLabel("endpoint"))
        .optional(
            TLS_SERVER_NAME,
            Schema.endpoint("The name that the server's certificate is checked for.")
                .withPattern(ClusterOverrides.SERVER_NAME, "a DNS name")
                .withExample("kubernetes.default.svc")
                .withLabel("TLS server name"))
        .optional(
            PROXY_URL,
            Schema.endpoint("The proxy on the way to the API server.")
                .withPattern(
                    "(?:https?|socks5)://[^\\s/?#@]{1,255}/?",
                    "an http://, https:// or socks5:// URL, without a user")
                .withExample("socks5://127.0.0.1:1080")
                .withLabel("proxy"))
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
        entries(definition),
        parsed(definition, PATH, null, EksSettings::path),
        parsed(definition, MODE, FileMode.PRIVATE, EksSettings::mode),
        parsed(definition, UPDATE, UpdateMode.MERGE, UpdateMode::parse));
  }

  private static EntrySettings entries(Definition definition) {
    return new EntrySettings(
        parsed(definition, ALIAS, null, EksSettings::name),
        null,
        definition.name(),
        overrides(definition),
        parsed(definition, COMMAND, CommandName.FOUND, EksSettings::command),
        false);
  }

  private static ClusterOverrides overrides(Definition definition) {
    return new ClusterOverrides(
        asked(definition, ENDPOINT, text -> ClusterOverrides.of(text, null, null)),
        asked(definition, TLS_SERVER_NAME, text -> ClusterOverrides.of(null, text, null)),
        asked(definition, PROXY_URL, text -> ClusterOverrides.of(null, null, text)),
        parsed(
            definition,
            NAMESPACE,
            null,
            text -> new ClusterOverrides(null, null, null, text, false, false).namespace()),
        false,
        text(definition, COMMAND) != null);
  }

  /** A field that says where requests go. */
  private static @Nullable String asked(
      Definition definition, String path, Function<String, ClusterOverrides> check) {
    String text = definition.endpoint(path).orElse(null);
    if (text != null) {
      try {
        var _ = check.apply(text);
      } catch (IllegalArgumentException e) {
        throw wrong(definition, path, e);
      }
    }
    return text;
  }

  /**
   * How the program is named.
   *
   * @throws IllegalArgumentException if that isn't one of the two words
   */
  public static CommandName command(String text) {
    return switch (text) {
      case NAME -> CommandName.NAME;
      case ABSOLUTE -> CommandName.ABSOLUTE;
      default -> throw new IllegalArgumentException("it must be absolute or name");
    };
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
      throw wrong(definition, path, e);
    }
  }

  private static AtmosException wrong(
      Definition definition, String path, IllegalArgumentException problem) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    return definition.error(path, "'" + key + "' can't be used: " + problem.getMessage(), null);
  }

  private static String name(String text) {
    NameSyntax.check("the name", text, NameSyntax.NAME);
    AliasTemplate.check(text);
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
