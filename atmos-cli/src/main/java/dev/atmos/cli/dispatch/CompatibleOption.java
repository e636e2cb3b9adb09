package dev.atmos.cli.dispatch;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that the atmos written in Go has with every command. Scripts use them, help doesn't
 * show them, and a command's own option of the same name goes first. Most stand for a variable.
 */
enum CompatibleOption {
  VERBOSE("--verbose", Value.FLAG, "ATMOS_VERBOSE"),
  V("-v", Value.FLAG, "ATMOS_VERBOSE"),
  NO_COLOR("--no-color", Value.FLAG, "ATMOS_NO_COLOR"),
  FORCE_COLOR("--force-color", Value.FLAG, "CLICOLOR_FORCE"),
  INTERACTIVE("--interactive", Value.FLAG, "ATMOS_INTERACTIVE"),
  LOGS_FILE("--logs-file", Value.TEXT, "ATMOS_LOGS_FILE"),
  IDENTITY("--identity", Value.NAME, ""),
  I("-i", Value.NAME, ""),
  MASK("--mask", Value.FLAG, ""),
  PAGER("--pager", Value.FLAG, ""),
  FORCE_TTY("--force-tty", Value.FLAG, ""),
  REDIRECT_STDERR("--redirect-stderr", Value.TEXT, ""),
  HEATMAP("--heatmap", Value.FLAG, ""),
  HEATMAP_MODE("--heatmap-mode", Value.TEXT, ""),
  PROFILER_ENABLED("--profiler-enabled", Value.FLAG, ""),
  PROFILER_HOST("--profiler-host", Value.TEXT, ""),
  PROFILER_PORT("--profiler-port", Value.TEXT, ""),
  PROFILE_FILE("--profile-file", Value.TEXT, ""),
  PROFILE_TYPE("--profile-type", Value.TEXT, ""),
  ISSUER("--issuer", Value.TEXT, ""),
  WEBFLOW("--webflow", Value.REFUSED, "a sign-in to the console is a setting here"),
  STACK("--stack", Value.REFUSED, "atmos has no stacks here, so --stack selects nothing"),
  USE_VERSION("--use-version", Value.REFUSED, "this atmos runs no other version of itself");

  private enum Value {
    /** Takes a value after an equals sign only. */
    FLAG,
    /** Takes the next word, unless that is an option. */
    NAME,
    /** Takes the next word. */
    TEXT,
    REFUSED
  }

  private final String longName;
  private final Value value;
  private final String meaning;

  /**
   * @param meaning the variable that the option stands for, empty for none; or why it is refused
   */
  CompatibleOption(String longName, Value value, String meaning) {
    this.longName = longName;
    this.value = value;
    this.meaning = meaning;
  }

  /** The option of a word that may hold its value as well; null for any other. */
  static @Nullable CompatibleOption of(String word) {
    String name = GlobalOptions.nameIn(word);
    for (CompatibleOption option : values()) {
      if (option.longName.equals(name)) {
        return option;
      }
    }
    return null;
  }

  /** How many of the words belong to it: one or two. */
  int length(String word, @Nullable String next) {
    boolean takesNext =
        value == Value.TEXT
            || value == Value.REFUSED
            || (value == Value.NAME && next != null && !next.startsWith("-"));
    return takesNext && word.indexOf('=') < 0 && next != null ? 2 : 1;
  }

  /**
   * Takes such options out of a command's words.
   *
   * @param words the command's words, from which they are removed
   * @param spec the command, with the options that every command has
   * @return what they say, by the variables that say the same; those without a meaning by their
   *     names
   * @throws AtmosException with {@link ExitCode#USAGE} for one that is refused
   */
  static Map<String, String> takeFrom(List<String> words, CommandSpec spec) {
    Map<String, String> taken = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    boolean over = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : null;
      OptionSpec own = spec.optionsMap().get(GlobalOptions.nameIn(word));
      over |= word.equals("--") || (spec.parser().stopAtPositional() && !word.startsWith("-"));
      CompatibleOption option = over || own != null ? null : of(word);
      if (option != null) {
        int length = option.length(word, next);
        option.put(taken, length == 2 ? next : word.substring(option.longName.length()));
        i += length - 1;
        continue;
      }
      left.add(word);
      if (!over && own != null && own.arity().min() > 0 && word.indexOf('=') < 0 && next != null) {
        left.add(next);
        i++;
      }
    }
    words.clear();
    words.addAll(left);
    return taken;
  }

  private void put(Map<String, String> taken, @Nullable String given) {
    if (value == Value.REFUSED) {
      throw new AtmosException(
          ExitCode.USAGE,
          meaning,
          switch (this) {
            case WEBFLOW -> "set webflow_enabled: true below the user's credentials";
            case STACK -> "name a cluster, or an identity by --identity";
            default -> "see: atmos version";
          });
    }
    String text = given == null ? "" : given.startsWith("=") ? given.substring(1) : given;
    if (text.isEmpty()) {
      if (value == Value.TEXT) {
        throw new AtmosException(ExitCode.USAGE, longName + " needs a value");
      }
      text = "true";
    }
    boolean isOff = value == Value.FLAG && (text.equalsIgnoreCase("false") || text.equals("0"));
    if (meaning.isEmpty() || (isOff && this != INTERACTIVE)) {
      taken.put(longName, text);
    } else {
      taken.put(meaning, value == Value.FLAG && !isOff ? "true" : text);
    }
  }
}
