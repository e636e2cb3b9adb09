package dev.atmos.aws.eks.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a program that makes tokens reads its words.
 *
 * @param words the words that are no options: those of the command
 * @param options the options with a value, by the name that they are asked for by; {@link #IGNORED}
 *     for those that don't change a token
 * @param flags the options without a value, none of which changes a token
 * @param abbreviates whether a unique beginning of an option stands for it
 */
record ProgramSyntax(
    List<List<String>> words, Map<String, String> options, Set<String> flags, boolean abbreviates) {
  static final String CLUSTER = "cluster";
  static final String REGION = "region";
  static final String ROLE = "role";
  static final String PROFILE = "profile";
  static final String IDENTITY = "identity";
  private static final String IGNORED = "";

  /** The AWS CLI, of which some options stand before the words as well. */
  static ProgramSyntax aws() {
    return new ProgramSyntax(
        List.of(List.of("eks", "get-token")),
        Map.ofEntries(
            Map.entry("--cluster-name", CLUSTER),
            Map.entry("--cluster-id", CLUSTER),
            Map.entry("--role-arn", ROLE),
            Map.entry("--region", REGION),
            Map.entry("--profile", PROFILE),
            Map.entry("--output", IGNORED),
            Map.entry("--query", IGNORED),
            Map.entry("--color", IGNORED),
            Map.entry("--endpoint-url", IGNORED),
            Map.entry("--ca-bundle", IGNORED),
            Map.entry("--cli-binary-format", IGNORED),
            Map.entry("--cli-connect-timeout", IGNORED),
            Map.entry("--cli-read-timeout", IGNORED)),
        Set.of(
            "--debug",
            "--no-verify-ssl",
            "--no-paginate",
            "--no-cli-pager",
            "--cli-auto-prompt",
            "--no-cli-auto-prompt"),
        true);
  }

  /** aws-iam-authenticator, under either of its names. */
  static ProgramSyntax authenticator() {
    return new ProgramSyntax(
        List.of(List.of("token")),
        Map.ofEntries(
            Map.entry("--cluster-id", CLUSTER),
            Map.entry("-i", CLUSTER),
            Map.entry("--role", ROLE),
            Map.entry("-r", ROLE),
            Map.entry("--region", REGION),
            // A role of the configuration has its own.
            Map.entry("--external-id", IGNORED),
            Map.entry("-e", IGNORED),
            Map.entry("--session-name", IGNORED),
            Map.entry("-s", IGNORED),
            Map.entry("--log-format", IGNORED),
            Map.entry("-l", IGNORED)),
        Set.of("--cache", "--forward-session-name"),
        false);
  }

  /** The atmos that is written in Go. */
  static ProgramSyntax goAtmos() {
    return new ProgramSyntax(
        List.of(List.of("aws", "eks", "token"), List.of("auth", "eks-token")),
        Map.of(
            "--cluster-name", CLUSTER,
            "--cluster-id", CLUSTER,
            "--region", REGION,
            "--identity", IDENTITY,
            "-i", IDENTITY,
            "--logs-level", IGNORED,
            "--logs-file", IGNORED),
        Set.of(),
        false);
  }

  /**
   * What words mean.
   *
   * @param values the values of the options, by the names that they are asked for by
   * @param unknown the first word that isn't understood; null if all are
   */
  record Reading(Map<String, String> values, @Nullable String unknown) {}

  /** Reads words; null if they are of another command. */
  @Nullable Reading read(List<String> args) {
    List<String> plain = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    String unknown = null;
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (!word.startsWith("-")) {
        plain.add(word);
        continue;
      }
      boolean attached = !word.startsWith("--") && word.length() > 2;
      int equals = attached ? 2 : word.indexOf('=');
      String name = name(equals < 0 ? word : word.substring(0, equals));
      String option = name == null ? null : options.get(name);
      if (option != null && (equals >= 0 || i + 1 < args.size())) {
        int from = attached && word.charAt(2) != '=' ? 2 : equals + 1;
        values.put(option, equals < 0 ? args.get(++i) : word.substring(from));
      } else if (name == null || !flags.contains(name)) {
        unknown = unknown == null ? word : unknown;
      }
    }
    return isCommand(plain, unknown != null) ? new Reading(values, unknown) : null;
  }

  /**
   * Whether the words that are no options are those of the command.
   *
   * @param more whether values of unknown options may be among them
   */
  private boolean isCommand(List<String> plain, boolean more) {
    return words.contains(plain)
        || (more && words.stream().anyMatch(each -> Collections.indexOfSubList(plain, each) >= 0));
  }

  private @Nullable String name(String word) {
    if (options.containsKey(word) || flags.contains(word)) {
      return word;
    }
    Set<String> all = new TreeSet<>(options.keySet());
    all.addAll(flags);
    all.removeIf(name -> !abbreviates || !name.startsWith(word));
    return all.size() == 1 ? all.iterator().next() : null;
  }
}
