package dev.atmos.cli.dispatch;

import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All commands, as the plugins' metadata names them. The third parties' plugins are looked at only
 * for words that no built-in command has: a built-in command can't be shadowed, and costs the same
 * however many plugins are installed.
 */
public final class CommandTree {

  /**
   * A command that was found.
   *
   * @param plugin the plugin that has it
   * @param path its words, separated by blanks
   */
  public record Leaf(PluginMetadata plugin, String path) {}

  private final PluginHost host;

  /** The commands of these plugins. */
  public CommandTree(PluginHost host) {
    this.host = host;
  }

  /** The built-in command of that path. */
  public Optional<Leaf> builtIn(String path) {
    return leaf(host.builtIn(), path);
  }

  /** The command of that path. */
  public Optional<Leaf> leaf(String path) {
    Optional<Leaf> builtIn = leaf(host.builtIn(), path);
    return builtIn.isPresent() || isGroup(host.builtIn(), path)
        ? builtIn
        : leaf(host.installed(), path);
  }

  private static Optional<Leaf> leaf(List<PluginMetadata> plugins, String path) {
    for (PluginMetadata plugin : plugins) {
      if (plugin.hasCommand(path)) {
        return Optional.of(new Leaf(plugin, path));
      }
    }
    return Optional.empty();
  }

  /** Whether there are commands below a path. */
  public boolean isGroup(String path) {
    return isGroup(host.builtIn(), path) || isGroup(host.installed(), path);
  }

  /** The next words below a group, each with its summary, sorted; the root is the empty path. */
  public Map<String, String> children(String group) {
    TreeMap<String, String> children = new TreeMap<>();
    for (PluginMetadata plugin : host.all()) {
      for (Map.Entry<String, String> command : plugin.commands().entrySet()) {
        String rest = below(command.getKey(), group);
        if (rest.isEmpty()) {
          continue;
        }
        int blank = rest.indexOf(' ');
        if (blank < 0) {
          children.putIfAbsent(rest, command.getValue());
        } else {
          String word = rest.substring(0, blank);
          children.putIfAbsent(word, summary(group.isEmpty() ? word : group + " " + word));
        }
      }
    }
    return children;
  }

  /** The commands, with all of their words, that a word is the last of. */
  public List<String> ending(String word) {
    List<String> found = new ArrayList<>();
    for (PluginMetadata plugin : host.all()) {
      for (String command : plugin.commands().keySet()) {
        if (command.endsWith(" ".concat(word))) {
          found.add("atmos ".concat(command));
        }
      }
    }
    return found;
  }

  /** What a group is for. */
  String summary(String group) {
    for (PluginMetadata plugin : host.all()) {
      String summary = plugin.groups().get(group);
      if (summary != null) {
        return summary;
      }
    }
    return "";
  }

  private static boolean isGroup(List<PluginMetadata> plugins, String path) {
    for (PluginMetadata plugin : plugins) {
      for (String command : plugin.commands().keySet()) {
        if (!below(command, path).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The words of a command after those of a group; empty if it isn't in that group. */
  private static String below(String command, String group) {
    if (group.isEmpty()) {
      return command;
    }
    return command.startsWith(group.concat(" ")) ? command.substring(group.length() + 1) : "";
  }
}
