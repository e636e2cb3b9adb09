package dev.atmos.cli.dispatch;

import dev.atmos.plugin.io.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variables for one run that stand before its command, as in {@code atmos ATMOS_CONFIG=FILE auth
 * whoami}: what {@code env} is for on Unix, and Windows has nothing for. The profiles that atmos
 * writes there use them. They mean what the same variables of the process would, and grant no more.
 */
public final class LeadingVariables implements Environment {
  private final Map<String, String> variables;
  private final Environment others;

  private LeadingVariables(Map<String, String> variables, Environment others) {
    this.variables = variables;
    this.others = others;
  }

  /** How many words at the beginning of a command line are variables. */
  public static int count(List<String> arguments) {
    int count = 0;
    while (count < arguments.size() && isVariable(arguments.get(count))) {
      count++;
    }
    return count;
  }

  private static boolean isVariable(String word) {
    return (word.startsWith("ATMOS_") || word.startsWith("AWS_")) && word.indexOf('=') > 0;
  }

  /** These variables, and those of the process. */
  public static Environment of(List<String> words, Environment others) {
    Map<String, String> variables = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new LeadingVariables(variables, others);
  }

  @Override
  public Optional<String> get(String name) {
    String value = variables.get(name);
    return value == null ? others.get(name) : Optional.of(value);
  }
}
