package dev.atmos.cli.dispatch;

import java.util.Map;

/** The help of a group of commands, made of metadata alone. */
final class GroupHelp {
  private GroupHelp() {}

  static String render(CommandTree tree, String group) {
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
    int width = 0;
    for (String word : children.keySet()) {
      width = Math.max(width, word.length());
    }
    text.append("\nCommands:\n");
    for (Map.Entry<String, String> child : children.entrySet()) {
      text.append("  ").append(child.getKey());
      if (!child.getValue().isEmpty()) {
        text.repeat(' ', width - child.getKey().length() + 2).append(child.getValue());
      }
      text.append('\n');
    }
    text.append("\nOptions:\n");
    text.append("      --config FILE       Read this atmos.yaml instead of searching for one.\n");
    text.append("      --config-path DIR   Read the atmos.yaml of this directory instead.\n");
    text.append("      --base-path DIR     What relative imports start from.\n");
    text.append("  -C, --chdir DIR         Go to this directory before anything else.\n");
    text.append("      --profile NAME      Merge this profile over the configuration.\n");
    text.append("      --logs-level LEVEL  Trace, Debug, Info, Warning, Error or Off.\n");
    text.append("  -h, --help              Show this help.\n");
    if (group.isEmpty()) {
      text.append("      --version           Say which atmos this is.\n");
    }
    return text.append("\nMore: ").append(name).append(" <command> --help\n").toString();
  }
}
