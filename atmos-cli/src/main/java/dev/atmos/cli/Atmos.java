package dev.atmos.cli;

import dev.atmos.cli.completion.Completion;
import dev.atmos.cli.completion.CompletionOutput;
import dev.atmos.cli.completion.QuietPorts;
import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.context.LogLevel;
import dev.atmos.cli.context.StreamConsole;
import dev.atmos.cli.dispatch.CommandModel;
import dev.atmos.cli.dispatch.CommandRun;
import dev.atmos.cli.dispatch.CommandTree;
import dev.atmos.cli.dispatch.ErrorReporter;
import dev.atmos.cli.dispatch.GlobalOptions;
import dev.atmos.cli.dispatch.GroupHelp;
import dev.atmos.cli.dispatch.HelpWidth;
import dev.atmos.cli.dispatch.LeadingVariables;
import dev.atmos.cli.dispatch.UsageErrors;
import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.cli.port.SystemPorts;
import dev.atmos.cli.port.UnsafePlace;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.plugin.io.Environment;
import dev.atmos.services.command.DirectCommand;
import dev.atmos.text.DisplayNames;
import dev.atmos.text.NearestNames;
import dev.atmos.text.TerminalText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The program: words in, exit code out. It finds the command that is addressed, builds that one
 * command, runs it, and turns whatever goes wrong into a line and a number.
 */
public final class Atmos {
  /** A larger index of installed plugins isn't read. */
  private static final int INDEX_LIMIT = 4 * 1024 * 1024;

  private final SystemPorts ports;
  private final StreamConsole console;
  private final ErrorReporter errors;

  /** A program on these ports. */
  public Atmos(SystemPorts ports) {
    this.ports = ports;
    this.console = new StreamConsole(ports.out(), ports.err());
    this.errors = new ErrorReporter(console);
  }

  /**
   * Runs one command line.
   *
   * @param arguments the words after the program's name
   * @return the exit code, as {@link ExitCode} explains it
   */
  public int run(List<String> arguments) {
    int variables = LeadingVariables.count(arguments);
    if (variables > 0) {
      List<String> words = arguments.subList(0, variables);
      Environment environment = LeadingVariables.of(words, ports.environment());
      return new Atmos(ports.withEnvironment(environment))
          .run(arguments.subList(variables, arguments.size()));
    }
    try {
      Optional<String> level = ports.environment().nonEmpty("ATMOS_LOGS_LEVEL");
      if (level.isPresent()) {
        console.level(LogLevel.of(level.get()).orElse(LogLevel.WARNING));
      } else if (ports.environment().get(LogLevel.VERBOSE).orElse("").equalsIgnoreCase("true")) {
        console.level(LogLevel.DEBUG);
      }
      return dispatch(arguments);
    } catch (AtmosException e) {
      return errors.report(e);
    } catch (Throwable e) {
      // Errors too: whatever it is, it ends in a line and a number, and not in a stack.
      return errors.bug(e);
    }
  }

  private PluginHost pluginHost() {
    return new PluginHost(
        builtInPlugins(),
        this::installedPlugins,
        () -> ports.operatingSystem().pluginThreads(),
        ports.operatingSystem().safePlaces());
  }

  private int dispatch(List<String> arguments) {
    PluginHost host = pluginHost();
    CommandTree tree = new CommandTree(host);
    int first = leadingWords(arguments);
    String whole = String.join(" ", arguments.subList(0, first));
    if (tree.builtIn(whole).isPresent()) {
      return runLeaf(host, tree, whole, List.of(), arguments.subList(first, arguments.size()));
    }
    List<String> options = new ArrayList<>();
    boolean help = false;
    String path = "";
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.startsWith("-")) {
        if (GlobalOptions.isHelp(word)) {
          help = true;
        } else if (path.isEmpty() && word.equals(GlobalOptions.VERSION)) {
          return runLeaf(
              host, tree, "version", options, arguments.subList(i + 1, arguments.size()));
        } else if (GlobalOptions.takesValue(word) && i + 1 < arguments.size()) {
          options.add(word);
          options.add(arguments.get(++i));
        } else if (GlobalOptions.holdsValue(word)) {
          options.add(word);
        } else {
          int length = GlobalOptions.compatible(arguments, i, tree);
          if (length == 0) {
            throw unknownOption(word, path);
          }
          options.add(length == 1 ? word : word + "=" + arguments.get(++i));
        }
        continue;
      }
      if (path.isEmpty() && word.equals("help")) {
        help = true;
        continue;
      }
      if (word.equals(Completion.WORD)) {
        return complete(arguments.subList(0, i), arguments.subList(i + 1, arguments.size()));
      }
      if (word.isEmpty() || word.indexOf(' ') >= 0) {
        throw unknownCommand(host, tree, path, word);
      }
      String longer = path.isEmpty() ? word : path + " " + word;
      if (tree.leaf(longer).isPresent()) {
        if (help) {
          options.add("--help");
        }
        return runLeaf(host, tree, longer, options, arguments.subList(i + 1, arguments.size()));
      }
      if (!tree.isGroup(longer)) {
        throw unknownCommand(host, tree, path, word);
      }
      path = longer;
    }
    UnsafePlace unsafe = host.unsafe();
    if (unsafe != null) {
      console.say(PluginIndex.warning(unsafe));
    }
    int columns = HelpWidth.of(ports.environment(), ports.terminal());
    console.answer(HelpWidth.fit(GroupHelp.render(tree, path), columns));
    return 0;
  }

  /** How many words come before the first option, or anything that can't be a command's word. */
  private static int leadingWords(List<String> arguments) {
    int count = 0;
    while (count < arguments.size() && isPlainWord(arguments.get(count))) {
      count++;
    }
    return count;
  }

  private static boolean isPlainWord(String word) {
    return !word.startsWith("-") && word.indexOf(' ') < 0;
  }

  /**
   * Answers what could be typed next. Whatever goes wrong, no error is shown: the user is in the
   * middle of a line.
   */
  private int complete(List<String> before, List<String> after) {
    console.answer(new Atmos(QuietPorts.of(ports)).candidates(before, after));
    return 0;
  }

  private String candidates(List<String> before, List<String> after) {
    try {
      PluginHost host = pluginHost();
      return new Completion(new HostContext(ports, console, host), host).answer(before, after);
    } catch (Throwable e) {
      return CompletionOutput.NOTHING;
    }
  }

  private int runLeaf(
      PluginHost host, CommandTree tree, String path, List<String> options, List<String> rest) {
    CommandTree.Leaf leaf = tree.leaf(path).orElseThrow();
    HostContext context = new HostContext(ports, console, host);
    if (alwaysRuns(path)) {
      context.toleratePolicy();
    }
    String[] words = new String[options.size() + rest.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = i < options.size() ? options.get(i) : rest.get(i - options.size());
    }
    CommandRun run = new CommandRun(console, context, leaf.plugin());
    DirectCommand direct = host.direct(leaf.plugin(), path, context);
    if (direct != null && direct.syntax().read(words)) {
      return run.run(direct);
    }
    Object command = host.command(leaf.plugin(), path, context);
    return host.call(
        leaf.plugin(), () -> run.run(CommandModel.of(leaf.plugin(), path, command), words));
  }

  /** Whether a command runs whatever is wrong with the policy of the machine. */
  private static boolean alwaysRuns(String path) {
    return path.equals("version")
        || path.equals("config policy")
        || path.equals("auth logout")
        || path.equals("completion")
        || path.equals("startup-cache");
  }

  private PluginIndex builtInPlugins() {
    try {
      return PluginIndex.builtIn(ports.installation().builtInPlugins());
    } catch (IOException e) {
      throw new IllegalStateException("the index of the built-in plugins can't be read", e);
    }
  }

  /** Where the index is broken, a line says so and the program goes on without these plugins. */
  private PluginIndex installedPlugins() {
    Optional<Path> data = ports.directories().data();
    if (data.isEmpty()) {
      return PluginIndex.EMPTY;
    }
    Path file = PluginIndex.file(data.get());
    try {
      Optional<byte[]> content = ports.files().read(file, INDEX_LIMIT);
      if (content.isEmpty()) {
        return PluginIndex.EMPTY;
      }
      // Only now: whoever could have put there what was read still can, and is seen.
      UnsafePlace unsafe = ports.operatingSystem().safePlaces().problem(file);
      if (unsafe != null) {
        return PluginIndex.unsafe(unsafe);
      }
      Properties properties = new Properties();
      properties.load(new StringReader(new String(content.get(), StandardCharsets.UTF_8)));
      return PluginIndex.installed(
          properties,
          file.resolveSibling(""),
          problem -> console.say(leftOut("an installed plugin is", file, problem)));
    } catch (IOException | IllegalArgumentException e) {
      console.say(leftOut("installed plugins are", file, String.valueOf(e.getMessage())));
      return PluginIndex.EMPTY;
    }
  }

  private static String leftOut(String what, Path index, String problem) {
    return TerminalText.line("atmos: " + what + " left out: " + index + ": " + problem);
  }

  private static AtmosException unknownOption(String word, String path) {
    String option = GlobalOptions.nameIn(word);
    if (GlobalOptions.takesValue(option)) {
      return new AtmosException(ExitCode.USAGE, option + " needs a value");
    }
    String command = path.isEmpty() ? "atmos" : "atmos " + path;
    return UsageErrors.unknownOption(word, command, GlobalOptions.names(path));
  }

  private static AtmosException unknownCommand(
      PluginHost host, CommandTree tree, String path, String word) {
    host.requireSafe("the command " + DisplayNames.quoted(word));
    String group = path.isEmpty() ? "atmos" : "atmos " + path;
    List<String> elsewhere = tree.ending(word);
    // As get-token of the AWS CLI is token here.
    String noun = word.substring(word.lastIndexOf('-') + 1);
    String hint =
        elsewhere.isEmpty()
            ? NearestNames.first(word, tree.children(path).keySet())
                .or(() -> Optional.of(noun).filter(tree.children(path)::containsKey))
                .map(nearest -> "did you mean: " + group + " " + nearest)
                .orElse("see " + group + " --help")
            : "did you mean: " + String.join(", or ", elsewhere);
    return new AtmosException(
        ExitCode.USAGE, DisplayNames.quoted(word) + " is not a command of " + group, hint);
  }
}
