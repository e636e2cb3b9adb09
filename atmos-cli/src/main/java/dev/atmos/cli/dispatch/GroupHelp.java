package dev.atmos.cli.dispatch;

import java.util.Map;

/** The help of a group of commands, made of metadata alone. */
public final class GroupHelp {
  private static final int OPTIONS_WIDTH = 24;

  private GroupHelp() {}

  /** The help of that group; the root is the empty path. */
  public static String render(CommandTree tree, String group) {
    String name = group.isEmpty() ? "atmos" : "atmos " + group;
    StringBuilder text = new StringBuilder("Usage: ").append(name).append(" <command> [options]\n");
    String summary =
        group.isEmpty()
            ? "Sign in once; kubectl, terraform and the rest work all day."
            : tree.summary(group);
    if (!summary.isEmpty()) {
      text.append('\n').append(summary).append('\n');
    }
    Map<String, String> children = tree.children(group);
    int width = children.keySet().stream().mapToInt(String::length).max().orElse(0);
    text.append("\nCommands:\n");
    for (Map.Entry<String, String> child : children.entrySet()) {
      row(text, "  " + child.getKey(), child.getValue(), width + 4);
    }
    text.append("\nGlobal options:\n");
    for (GlobalOption option : GlobalOption.values()) {
      row(text, names(option), option.description(), OPTIONS_WIDTH + 2);
    }
    if (group.isEmpty()) {
      row(text, "      " + GlobalOptions.VERSION, "Show the version.", OPTIONS_WIDTH + 2);
    }
    return text.append("\nMore: ").append(name).append(" <command> --help\n").toString();
  }

  private static String names(GlobalOption option) {
    return (option.shortName().isEmpty() ? "      " : "  " + option.shortName() + ", ")
        + option.longName()
        + (option.label().isEmpty() ? "" : " " + option.label());
  }

  private static void row(StringBuilder text, String left, String right, int width) {
    text.append(left);
    if (!right.isEmpty()) {
      text.repeat(' ', width - left.length()).append(right);
    }
    text.append('\n');
  }
}
