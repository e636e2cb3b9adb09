package dev.atmos.aws.eks.convert;

import dev.atmos.aws.eks.cluster.ClusterName;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.services.config.Region;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.KubeContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of a foreign entry, by all that the entries say about it.
 *
 * @param account null where nothing says it
 * @param obstacle why it isn't known, in which case the rest isn't either; null if it is
 */
record ForeignCluster(
    @Nullable ClusterName name,
    @Nullable Region region,
    @Nullable String account,
    @Nullable String obstacle) {
  private static final String HOST = "https://[^./]+\\.(?:[^./]+\\.)?([a-z0-9-]+)\\.eks\\..*";
  private static final String HOST_OF_BOTH = "https://[^./]+\\.eks-cluster\\.([a-z0-9-]+)\\..*";
  private static final String EKSCTL = "([^.]+)\\.([a-z0-9-]+)\\.eksctl\\.io";
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Finds it by a command and the contexts that use it. */
  static ForeignCluster of(ForeignCommand command, List<KubeContext> contexts) {
    String cluster = command.cluster();
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, String> regions = new LinkedHashMap<>();
    Map<String, String> accounts = new LinkedHashMap<>();
    boolean isId = cluster != null && cluster.matches(ID);
    put(names, isId ? null : cluster, "the command");
    put(regions, command.region(), "the command");
    for (KubeContext context : contexts) {
      ClusterArn arn = context.arn();
      String entry = "the cluster of context " + context.name();
      if (arn != null) {
        put(names, arn.cluster(), entry);
        put(regions, arn.region(), entry);
        put(accounts, arn.account(), entry);
      }
      String url = context.server() == null ? null : context.server().url();
      put(regions, group(HOST, url, 1), "the server of context " + context.name());
      put(regions, group(HOST_OF_BOTH, url, 1), "the server of context " + context.name());
      put(names, group(EKSCTL, context.cluster(), 1), entry);
      put(regions, group(EKSCTL, context.cluster(), 2), entry);
    }
    String obstacle =
        names.isEmpty() && !isId
            ? "nothing says the name of its cluster"
            : regions.isEmpty()
                ? "nothing says the region of its cluster"
                : contradiction(
                    "cluster",
                    names,
                    contradiction("region", regions, contradiction("account", accounts, null)));
    if (obstacle != null) {
      return new ForeignCluster(null, null, null, obstacle);
    }
    try {
      return new ForeignCluster(
          ClusterName.of(
              "the cluster", isId && cluster != null ? cluster : names.keySet().iterator().next()),
          Region.of("the region", regions.keySet().iterator().next()),
          accounts.isEmpty() ? null : accounts.keySet().iterator().next(),
          null);
    } catch (AtmosException e) {
      return new ForeignCluster(null, null, null, e.sentence());
    }
  }

  private static void put(Map<String, String> values, @Nullable String value, String source) {
    if (value != null && !value.isEmpty()) {
      values.putIfAbsent(value, source);
    }
  }

  private static @Nullable String contradiction(
      String what, Map<String, String> values, @Nullable String otherwise) {
    if (values.size() < 2) {
      return otherwise;
    }
    List<Map.Entry<String, String>> all = List.copyOf(values.entrySet());
    return all.get(0).getValue()
        + " says "
        + what
        + " "
        + all.get(0).getKey()
        + ", and "
        + all.get(1).getValue()
        + " says "
        + all.get(1).getKey();
  }

  private static @Nullable String group(String pattern, @Nullable String text, int group) {
    Matcher matcher = Pattern.compile(pattern).matcher(text == null ? "" : text);
    return matcher.matches() ? matcher.group(group) : null;
  }
}
