package dev.atmos.services.command;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code --output FORMAT}, with the formats that a command has; the first one is the default. A
 * format is found in any case.
 */
public final class OutputOption {
  private static final int LONGEST_SHOWN = 40;

  private final List<String> names;
  private final List<String> formats;
  private final Map<String, String> aliases;
  private final CommandOption option;

  private OutputOption(
      List<String> names, List<String> formats, Map<String, String> aliases, String description) {
    List<String> candidates = new ArrayList<>(formats);
    candidates.addAll(new TreeSet<>(aliases.keySet()));
    this.names = List.copyOf(names);
    this.formats = List.copyOf(formats);
    this.aliases = Map.copyOf(aliases);
    this.option =
        CommandOption.withValue("FORMAT", names.toArray(new String[0]))
            .candidates(candidates)
            .description(description);
  }

  /** {@code -o} and {@code --output}. */
  public static OutputOption of(String... formats) {
    List<String> all = List.of(formats);
    return new OutputOption(
        List.of("-o", "--output"),
        all,
        Map.of(),
        DisplayNames.alternatives(all) + "; " + all.get(0) + " if it is left out.");
  }

  /** The same option with other words for help. */
  public OutputOption describedAs(String description) {
    return new OutputOption(names, formats, aliases, description);
  }

  /** The same option by other names, of which messages show the last one. */
  public OutputOption named(String... otherNames) {
    return new OutputOption(List.of(otherNames), formats, aliases, option.description);
  }

  /** The same option with further words for its formats. */
  public OutputOption withAliases(Map<String, String> formatsByAlias) {
    return new OutputOption(names, formats, formatsByAlias, option.description);
  }

  /** Adds the option to a command. */
  public void addTo(CommandSyntax syntax) {
    syntax.add(option);
  }

  /** Adds the option to a command of picocli, and returns that. */
  public CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(option.toSpec());
  }

  /** Whether the user gave it. */
  public boolean isGiven() {
    return option.isGiven();
  }

  /** Takes a format from elsewhere if the user gave none. */
  public void fallBackTo(String word) {
    if (!isGiven()) {
      option.set(word);
    }
  }

  /** Whether that is the name of one of the formats. */
  public boolean has(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return formats.contains(lower) || aliases.containsKey(lower);
  }

  /** Whether the format is {@code json}; throws what {@link #format} throws. */
  public boolean isJson() {
    return format().equals("json");
  }

  /**
   * The format that the user chose, or the default.
   *
   * @throws AtmosException with {@link ExitCode#USAGE} if the command has no such format
   */
  public String format() {
    String given = option.value();
    if (given == null) {
      return formats.get(0);
    }
    String word = given.toLowerCase(Locale.ROOT);
    String format = aliases.getOrDefault(word, word);
    if (!formats.contains(format)) {
      throw new AtmosException(
          ExitCode.USAGE,
          names.get(names.size() - 1)
              + " must be "
              + DisplayNames.alternatives(formats)
              + ", not '"
              + TerminalText.line(given, LONGEST_SHOWN)
              + "'");
    }
    return format;
  }
}
