package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterAccess;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ExecEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code atmos aws eks token} in a user entry.
 *
 * @param cluster the cluster's name, or the id of a local cluster on Outposts
 */
record ExecArguments(@Nullable String cluster, @Nullable String region, @Nullable String identity) {
  private static final List<String> WORDS = List.of("aws", "eks", "token");
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Those of a user; null if it doesn't get its tokens from atmos. */
  static @Nullable ExecArguments of(Entry user) {
    ExecEntry exec = read(user);
    String command = exec == null ? null : exec.command();
    return exec == null || command == null || !isAtmos(command) ? null : of(exec.args());
  }

  private static @Nullable ExecArguments of(List<String> words) {
    return Collections.indexOfSubList(words, WORDS) == 0
        ? new ExecArguments(
            option(words, "--cluster-name", "--cluster-id"),
            option(words, "--region", "--region"),
            option(words, "--identity", "-i"))
        : null;
  }

  /** Whether a user gets its tokens for this cluster and identity from atmos. */
  static boolean isOf(Entry user, ClusterArn arn, @Nullable String identity) {
    ExecArguments there = of(user);
    return there != null
        && there.cluster != null
        && (there.cluster.equals(arn.cluster()) || there.cluster.matches(ID))
        && arn.region().equals(there.region)
        && Objects.equals(identity, there.identity);
  }

  /** Whether a user gets its tokens from atmos for what an access is to. */
  static boolean isOf(Entry user, ClusterAccess access) {
    ExecArguments there = of(user);
    ExecArguments wanted = of(access.exec().args());
    return there != null
        && isOf(user, access.arn(), access.identity())
        && (access.arn().cluster().equals(there.cluster)
            || (wanted != null && Objects.equals(wanted.cluster, there.cluster)));
  }

  /** The command of a user; null where it has none. */
  static @Nullable ExecEntry read(Entry user) {
    YamlNode.Mapping exec = user.body().mapping("exec");
    if (exec == null) {
      return null;
    }
    YamlNode.Sequence args = exec.sequence("args");
    List<String> words = new ArrayList<>();
    for (YamlNode item : args == null ? List.<YamlNode>of() : args.items()) {
      words.add(item.resolved() instanceof YamlNode.Scalar scalar ? scalar.value() : "");
    }
    return new ExecEntry(
        exec.text("apiVersion"),
        exec.text("command"),
        words,
        variables(user),
        exec.text("interactiveMode"));
  }

  /** The variables that a user gives to its command. */
  static Map<String, String> variables(Entry user) {
    YamlNode.Mapping exec = user.body().mapping("exec");
    YamlNode.Sequence env = exec == null ? null : exec.sequence("env");
    Map<String, String> variables = new LinkedHashMap<>();
    for (YamlNode item : env == null ? List.<YamlNode>of() : env.items()) {
      if (item.resolved() instanceof YamlNode.Mapping variable) {
        String name = variable.text("name");
        String value = variable.text("value");
        if (name != null) {
          variables.put(name, value == null ? "" : value);
        }
      }
    }
    return variables;
  }

  private static boolean isAtmos(String command) {
    int separator = Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\'));
    return command.startsWith("atmos", separator + 1);
  }

  private static @Nullable String option(List<String> words, String name, String otherName) {
    for (int i = WORDS.size(); i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(name + "=") || word.startsWith(otherName + "=")) {
        return word.substring(word.indexOf('=') + 1);
      }
      if ((word.equals(name) || word.equals(otherName)) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return null;
  }
}
