package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code atmos aws eks token} in a user entry.
 *
 * @param cluster the value of {@code --cluster-name}
 * @param region the value of {@code --region}
 * @param identity the value of {@code --identity}; null if there is none
 */
record ExecArguments(String cluster, String region, @Nullable String identity) {
  private static final List<String> WORDS = List.of("aws", "eks", "token");

  /** The arguments in the body of a user entry; null if it runs another command. */
  static @Nullable ExecArguments read(YamlNode.@Nullable Mapping user) {
    YamlNode.Mapping exec = user == null ? null : user.mapping("exec");
    YamlNode.Sequence args = exec == null ? null : exec.sequence("args");
    String command = exec == null ? null : exec.text("command");
    if (args == null || command == null || !isAtmos(command)) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (YamlNode item : args.items()) {
      words.add(item.resolved() instanceof YamlNode.Scalar scalar ? scalar.value() : "");
    }
    if (words.size() < WORDS.size() || !words.subList(0, WORDS.size()).equals(WORDS)) {
      return null;
    }
    String cluster = option(words, "--cluster-name", "--cluster-name");
    String region = option(words, "--region", "--region");
    return cluster == null || region == null
        ? null
        : new ExecArguments(cluster, region, option(words, "--identity", "-i"));
  }

  private static boolean isAtmos(String command) {
    int separator = Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\'));
    return command.startsWith("atmos", separator + 1);
  }

  private static @Nullable String option(List<String> words, String name, String shortName) {
    for (int i = WORDS.size(); i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
      if ((word.equals(name) || word.equals(shortName)) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return null;
  }

  boolean isOf(ClusterArn arn, @Nullable String whose) {
    return cluster.equals(arn.cluster())
        && region.equals(arn.region())
        && Objects.equals(identity, whose);
  }
}
