package dev.atmos.loopback;

import dev.atmos.loopback.aws.iam.Partition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a command with their values, its flags, and what follows two dashes.
 *
 * @param environment the variables that options name
 */
record LoopbackOptions(
    Map<String, String> values, List<String> afterDashes, Map<String, String> environment) {

  static LoopbackOptions parse(
      List<String> args, Set<String> names, Set<String> flags, Map<String, String> environment)
      throws UsageException {
    int dashes = args.indexOf("--");
    List<String> own = dashes < 0 ? args : args.subList(0, dashes);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      String name = own.get(i);
      boolean flag = flags.contains(name);
      if (!flag && !names.contains(name)) {
        throw new UsageException("unknown option " + name + "; see --help");
      }
      if (!flag && ++i >= own.size()) {
        throw new UsageException(name + " requires a value");
      }
      if (values.put(name, flag ? "" : own.get(i)) != null) {
        throw new UsageException(name + " is given twice");
      }
    }
    List<String> rest = dashes < 0 ? List.of() : args.subList(dashes + 1, args.size());
    return new LoopbackOptions(values, rest, environment);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) throws UsageException {
    return text(name).orElseThrow(() -> new UsageException(name + " is required"));
  }

  Optional<Path> path(String name) {
    return text(name).map(Path::of);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** A number from 0 to a bound; 0 if it is not given. */
  long number(String name, long max) throws UsageException {
    String text = text(name).orElse("0");
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as for one that is out of range.
    }
    throw new UsageException(name + ": not a number from 0 to " + max + ": " + text);
  }

  int port() throws UsageException {
    return (int) number("--port", 65535);
  }

  Partition partition() throws UsageException {
    String id = text("--partition").orElse("aws");
    return Partition.ofId(id)
        .orElseThrow(() -> new UsageException("--partition: there is no partition " + id));
  }

  /** The value of the variable that an option names; null if the option is not given. */
  @Nullable String fromEnvironment(String name) throws UsageException {
    String variable = values.get(name);
    if (variable == null) {
      return null;
    }
    String value = environment.getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw new UsageException(name + ": the variable " + variable + " is not set");
    }
    return value;
  }
}
