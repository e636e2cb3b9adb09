package dev.atmos.aws.eks.kubeconfig;

import dev.atmos.services.kube.ClusterArn;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name of contexts with placeholders, such as {@code {account}/{cluster}}. */
public final class AliasTemplate {
  private static final String CLUSTER = "{cluster}";
  private static final String REGION = "{region}";
  private static final String ACCOUNT = "{account}";
  private static final String IDENTITY = "{identity}";

  private AliasTemplate() {}

  /**
   * Checks the placeholders: letters in braces. Other braces are those of a name.
   *
   * @throws IllegalArgumentException if there is another one; the message is a sentence for the
   *     user
   */
  public static void check(String template) {
    Matcher placeholder = Pattern.compile("\\{[A-Za-z_]+}").matcher(template);
    while (placeholder.find()) {
      if (!List.of(CLUSTER, REGION, ACCOUNT, IDENTITY).contains(placeholder.group())) {
        throw new IllegalArgumentException(
            "the alias has braces around something else than {cluster}, {region}, {account} or"
                + " {identity}");
      }
    }
  }

  /** Whether clusters of one region, or of several, can get different names by it. */
  public static boolean isOfSeveral(String template) {
    return template.contains(CLUSTER) || template.contains(REGION) || template.contains(ACCOUNT);
  }

  /**
   * The name for a cluster.
   *
   * @param identity null where the credentials are those of the environment
   * @throws IllegalArgumentException if the template needs an identity, and there is none
   */
  static String expand(String template, ClusterArn arn, @Nullable String identity) {
    if (identity == null && template.contains(IDENTITY)) {
      throw new IllegalArgumentException(
          "the alias has {identity} in it, and no identity is configured");
    }
    return template
        .replace(CLUSTER, arn.cluster())
        .replace(REGION, arn.region())
        .replace(ACCOUNT, arn.account())
        .replace(IDENTITY, identity == null ? "" : identity);
  }
}
