package dev.atmos.kubeconfig;

import dev.atmos.services.kube.ClusterArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user's entry says that is served by {@code atmos aws eks token}.
 *
 * @param cluster what {@code --cluster-name} says
 * @param region what {@code --region} says
 * @param identity what {@code --identity} says; null if nothing
 */
record TokenCommand(String cluster, String region, @Nullable String identity) {
  private static final List<String> WORDS = List.of("aws", "eks", "token");

  /** Null where the entry's command is another. */
  static @Nullable TokenCommand read(Node.@Nullable Mapping user) {
    Node.Mapping exec = user == null ? null : user.mapping("exec");
    Node.Sequence args = exec == null ? null : exec.sequence("args");
    String command = exec == null ? null : exec.text("command");
    if (args == null || command == null || !isAtmos(command)) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (Node item : args.items) {
      words.add(item.resolved() instanceof Node.Scalar scalar ? scalar.value : "");
    }
    if (words.size() < WORDS.size() || !words.subList(0, WORDS.size()).equals(WORDS)) {
      return null;
    }
    String cluster = option(words, "--cluster-name", "--cluster-name");
    String region = option(words, "--region", "--region");
    return cluster == null || region == null
        ? null
        : new TokenCommand(cluster, region, option(words, "--identity", "-i"));
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
