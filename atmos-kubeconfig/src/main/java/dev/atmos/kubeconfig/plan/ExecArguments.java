package dev.atmos.kubeconfig.plan;

import dev.atmos.kubeconfig.plan.KubeconfigDocument.Entry;
import dev.atmos.kubeconfig.yaml.YamlNode;
import dev.atmos.services.kube.ClusterArn;
import dev.atmos.services.kube.ExecEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code atmos aws eks token} in a user entry. */
final class ExecArguments {
  private static final List<String> WORDS = List.of("aws", "eks", "token");

  private ExecArguments() {}

  /** Whether a user gets its tokens for this cluster and identity from atmos. */
  static boolean isOf(Entry user, ClusterArn arn, @Nullable String identity) {
    YamlNode.Mapping exec = user.body().mapping("exec");
    YamlNode.Sequence args = exec == null ? null : exec.sequence("args");
    String command = exec == null ? null : exec.text("command");
    if (args == null || command == null || !isAtmos(command)) {
      return false;
    }
    List<String> words = new ArrayList<>();
    for (YamlNode item : args.items()) {
      words.add(item.resolved() instanceof YamlNode.Scalar scalar ? scalar.value() : "");
    }
    return Collections.indexOfSubList(words, WORDS) == 0
        && arn.cluster().equals(option(words, "--cluster-name", "--cluster-name"))
        && arn.region().equals(option(words, "--region", "--region"))
        && Objects.equals(identity, option(words, "--identity", "-i"));
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
}
