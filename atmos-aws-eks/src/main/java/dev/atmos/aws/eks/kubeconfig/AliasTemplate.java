package dev.atmos.aws.eks.kubeconfig;

import dev.atmos.services.kube.ClusterArn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name of contexts with placeholders, such as {@code {account}/{cluster}}. */
public final class AliasTemplate {
  private static final String CLUSTER = "{cluster}";
  private static final String REGION = "{region}";
  private static final String ACCOUNT = "{account}";
  private static final String IDENTITY = "{identity}";

  private AliasTemplate() {}

  /**
   * Checks the placeholders.
   *
   * @throws IllegalArgumentException if there is another one; the message is a sentence for the
   *     user
   */
  public static void check(String template) {
    String rest = template;
    for (String placeholder : List.of(CLUSTER, REGION, ACCOUNT, IDENTITY)) {
      rest = rest.replace(placeholder, "");
    }
    if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "the alias has braces around something else than {cluster}, {region}, {account} or"
              + " {identity}");
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
