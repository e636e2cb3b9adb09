package dev.atmos.cli.dispatch;

import dev.atmos.cli.config.search.ConfigOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The values of the options that every command has, wherever they stand in the command line. */
public final class GlobalOptions {
  /** Of the program alone: it stands for the command {@code version}. */
  public static final String VERSION = "--version";

  private final Function<String, List<String>> values;

  /**
   * @param values the values of the option with a long name
   */
  public GlobalOptions(Function<String, List<String>> values) {
    this.values = values;
  }

  /** As the words for a command were parsed. */
  static GlobalOptions parsed(CommandSpec addressed) {
    return new GlobalOptions(name -> parsed(addressed, name));
  }

  private static List<String> parsed(CommandSpec addressed, String name) {
    List<String> values = new ArrayList<>();
    for (CommandSpec spec = addressed; spec != null; spec = spec.parent()) {
      OptionSpec option = spec.findOption(name);
      Object value = option == null ? null : option.getValue();
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          values.add(i, String.valueOf(list.get(i)));
        }
      } else if (value != null) {
        values.add(0, value.toString());
      }
    }
    return values;
  }

  /** The names of those that may stand before the next word of that path. */
  public static Set<String> names(String path) {
    Set<String> names = new LinkedHashSet<>();
    for (GlobalOption option : GlobalOption.values()) {
      names.add(option.longName());
    }
    if (path.isEmpty()) {
      names.add(VERSION);
    }
    return names;
  }

  /** Whether an option takes the next word as its value. */
  public static boolean takesValue(String name) {
    GlobalOption option = GlobalOption.of(name);
    return option != null && option != GlobalOption.HELP;
  }

  /** Whether a word is such an option with its value: {@code --profile=ci}, {@code -C/tmp}. */
  public static boolean holdsValue(String word) {
    return (word.indexOf('=') > 0 && takesValue(nameIn(word)))
        || (word.length() > 2 && takesValue(word.substring(0, 2)));
  }

  /**
   * How many words belong to an option of the atmos written in Go, before the command.
   *
   * @param words all words
   * @param index where the option is
   * @return 1 or 2; 0 if it isn't one
   */
  public static int compatible(List<String> words, int index, CommandTree tree) {
    CompatibleOption option = CompatibleOption.of(words.get(index));
    String next = index + 1 < words.size() ? words.get(index + 1) : null;
    // A bare --identity may stand before the command as well.
    boolean isCommand = next != null && tree.children("").containsKey(next);
    return option == null || option == CompatibleOption.V
        ? 0
        : option.length(words.get(index), isCommand ? null : next);
  }

  /** The name of an option in a word that may hold its value as well. */
  public static String nameIn(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  /** Whether a word asks for help. */
  public static boolean isHelp(String word) {
    return word.equals("--help") || word.equals("-h");
  }

  /**
   * Whether one of them may be among the words for a command. Where each option among the words is
   * one of the command's own, none of these is needed, and setting them up would take a tenth of
   * the time of all that a token needs after Java has started.
   */
  static boolean isAmong(String[] words, CommandSpec spec) {
    if (!spec.subcommands().isEmpty()) {
      return true;
    }
    for (String word : words) {
      if (word.startsWith("-") && !spec.optionsMap().containsKey(nameIn(word))) {
        return true;
      }
    }
    return false;
  }

  /** Adds them to a command and its subcommands, which may have their own form of help. */
  public static void addTo(CommandSpec spec) {
    for (GlobalOption option : GlobalOption.values()) {
      if (option != GlobalOption.HELP) {
        spec.addOption(option.spec());
      }
    }
    if (spec.findOption("--help") == null) {
      spec.addOption(
          spec.findOption("-h") == null
              ? GlobalOption.HELP.spec()
              : OptionSpec.builder(GlobalOption.HELP.spec()).names("--help").build());
    }
    for (CommandLine subcommand : spec.subcommands().values()) {
      addTo(subcommand.getCommandSpec());
    }
  }

  /** What they say of the configuration. */
  public ConfigOptions configuration() {
    return new ConfigOptions(
        values.apply("--config"),
        values.apply("--config-path"),
        last("--base-path"),
        values.apply("--profile"));
  }

  /** The directory of {@code --chdir}; null where it isn't given. */
  public @Nullable String chdir() {
    return last("--chdir");
  }

  /** The value of {@code --logs-level}; null where it isn't given. */
  @Nullable String logsLevel() {
    return last("--logs-level");
  }

  private @Nullable String last(String name) {
    List<String> all = values.apply(name);
    return all.isEmpty() ? null : all.getLast();
  }
}
