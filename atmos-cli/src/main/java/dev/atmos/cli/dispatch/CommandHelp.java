package dev.atmos.cli.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command: its own options first, and then, apart, those that every command has. */
final class CommandHelp {
  private CommandHelp() {}

  /** More than any paragraph has, so that it stays in one line. */
  private static final int UNFOLDED = 10_000;

  /** The whole help, in lines of at most that many columns. */
  static String render(CommandLine command, int columns) {
    if (columns < HelpWidth.USUAL) {
      command.setUsageHelpWidth(UNFOLDED);
      command.setUsageHelpLongOptionsMaxWidth(UNFOLDED / 2);
    }
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    if (usage.customSynopsis().length == 0) {
      usage.customSynopsis(synopsis(command.getCommandSpec()));
    }
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> apart(help.description()));
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandHelp::optionLists);
    return HelpWidth.fit(command.getUsageMessage(Help.Ansi.OFF), columns);
  }

  /** What has to be typed, and what may be: the other options are listed below. */
  private static String synopsis(CommandSpec spec) {
    StringBuilder words = new StringBuilder(spec.qualifiedName());
    for (PositionalParamSpec word : spec.positionalParameters()) {
      boolean isOptional = word.arity().min() == 0 && !word.paramLabel().startsWith("[");
      words.append(isOptional ? " [" : " ").append(word.paramLabel()).append(isOptional ? "]" : "");
    }
    for (OptionSpec option : spec.options()) {
      if (option.required()) {
        words.append(' ').append(option.longestName());
        words.append(option.arity().max() == 0 ? "" : " " + option.paramLabel());
      }
    }
    return words
        .append(spec.subcommands().isEmpty() ? " [options]" : " [COMMAND] [options]")
        .toString();
  }

  /** Between two blank lines. */
  private static String apart(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && (text.charAt(start) == '\n' || text.charAt(start) == '\r')) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return start == end ? "\n" : "\n" + text.substring(start, end) + "\n\n";
  }

  private static String optionLists(Help help) {
    List<OptionSpec> own = new ArrayList<>();
    List<OptionSpec> global = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden() && option.group() == null) {
        (GlobalOption.of(option) == null ? own : global).add(option);
      }
    }
    return help.optionListExcludingGroups(own)
        + help.optionListGroupSections()
        + "\nGlobal options:\n"
        + help.optionListExcludingGroups(global);
  }
}
