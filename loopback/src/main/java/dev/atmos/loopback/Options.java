package dev.atmos.loopback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options with values, flags, and what follows two dashes. */
record Options(Map<String, String> values, List<String> afterDashes) {

  static Options parse(List<String> args, Set<String> names, Set<String> flags)
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
    return new Options(values, dashes < 0 ? List.of() : args.subList(dashes + 1, args.size()));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) throws UsageException {
    return text(name).orElseThrow(() -> new UsageException(name + " is required"));
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
      // Said below, as for one that is out of range.
    }
    throw new UsageException(name + ": not a number from 0 to " + max + ": " + text);
  }
}
