package dev.atmos.cli.dispatch;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
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
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandHelp::optionLists);
    return HelpWidth.fit(command.getUsageMessage(Help.Ansi.OFF), columns);
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
