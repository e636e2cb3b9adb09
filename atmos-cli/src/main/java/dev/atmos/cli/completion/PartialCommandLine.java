package dev.atmos.cli.completion;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words of a command that are typed so far, read as picocli would read them. */
final class PartialCommandLine {
  private final IdentityHashMap<OptionSpec, List<String>> given = new IdentityHashMap<>();
  private CommandSpec spec;
  private int positionals;
  private @Nullable OptionSpec open;
  private int taken;

  PartialCommandLine(CommandSpec spec) {
    this.spec = spec;
  }

  /** The command, or that one of its subcommands that is addressed. */
  CommandSpec command() {
    return spec;
  }

  /** The values of an option that is given. */
  List<String> values(OptionSpec option) {
    return given.getOrDefault(option, List.of());
  }

  /** The values of the option with a long name, wherever it is given. */
  List<String> values(String longName) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<OptionSpec, List<String>> each : given.entrySet()) {
      if (each.getKey().longestName().equals(longName)) {
        values.addAll(each.getValue());
      }
    }
    return values;
  }

  /** Whether an option may be given, be it for another time. */
  boolean mayBeGiven(OptionSpec option) {
    return option.isMultiValue() || !given.containsKey(option);
  }

  /** The option that takes the next word for its value, if there is one. */
  @Nullable OptionSpec open() {
    return open;
  }

  /** Whether the next word can't be anything but a value of the {@linkplain #open} option. */
  boolean mustBeValue() {
    return open != null && taken < open.arity().min();
  }

  /** The parameter that the next word is if it is no option; null if there is none. */
  @Nullable PositionalParamSpec nextPositional() {
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (parameter.index().contains(positionals)) {
        return parameter;
      }
    }
    return null;
  }

  /** The option of that name; null if there is none. */
  @Nullable OptionSpec find(String name) {
    OptionSpec option = spec.optionsMap().get(name);
    return option == null ? spec.negatedOptionsMap().get(name) : option;
  }

  /** Takes words until one can't be understood, and says whether there was none such. */
  boolean takeAll(List<String> words) {
    for (String word : words) {
      if (!take(word)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads one more word; false if the command doesn't take it, or nothing is completed after it.
   */
  boolean take(String word) {
    boolean dashed = word.length() > 1 && word.startsWith("-");
    OptionSpec waiting = open;
    if (waiting != null) {
      boolean enough = taken >= waiting.arity().min();
      if (!dashed && !(enough && spec.subcommands().containsKey(word))) {
        add(waiting, word);
        taken++;
        open = taken < waiting.arity().max() ? waiting : null;
        return true;
      }
      if (!enough) {
        return false;
      }
      open = null;
    }
    if (dashed) {
      return takeOption(word);
    }
    CommandLine subcommand = spec.subcommands().get(word);
    if (subcommand != null) {
      spec = subcommand.getCommandSpec();
      positionals = 0;
      return true;
    }
    boolean expected = nextPositional() != null;
    positionals++;
    return expected;
  }

  private boolean takeOption(String word) {
    OptionSpec option = find(word);
    if (option != null) {
      return start(option);
    }
    int equals = word.indexOf('=');
    option = equals < 0 ? null : find(word.substring(0, equals));
    if (option != null) {
      return attach(option, word.substring(equals + 1));
    }
    if (word.startsWith("--")) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      option = find("-" + word.charAt(i));
      if (option == null) {
        return false;
      }
      if (option.arity().max() > 0 && i + 1 < word.length()) {
        return attach(option, word.substring(word.charAt(i + 1) == '=' ? i + 2 : i + 1));
      }
      if (!start(option)) {
        return false;
      }
    }
    return true;
  }

  private boolean start(OptionSpec option) {
    boolean fits = mayBeGiven(option) || option.usageHelp();
    given.computeIfAbsent(option, _ -> new ArrayList<>());
    open = option.arity().max() > 0 ? option : null;
    taken = 0;
    return fits;
  }

  private boolean attach(OptionSpec option, String value) {
    boolean fits = start(option) && option.arity().max() > 0;
    add(option, value);
    taken = 1;
    open = option.arity().max() > 1 ? option : null;
    return fits;
  }

  private void add(OptionSpec option, String value) {
    given.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
  }
}
