package dev.atmos.cli;

import dev.atmos.cli.host.PluginHost;
import dev.atmos.cli.host.PluginIndex;
import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The program: words in, exit code out. It finds the command that is addressed, builds that one
 * command, runs it, and turns whatever goes wrong into a line and a number.
 */
public final class Atmos {
  /** An index of installed plugins that is larger than this is none. */
  private static final int INDEX_LIMIT = 4 * 1024 * 1024;

  private final World world;
  private final StreamConsole console;
  private final ErrorReporter errors;

  /** A program in that world. */
  public Atmos(World world) {
    this.world = world;
    this.console = new StreamConsole(world.out(), world.err());
    this.errors = new ErrorReporter(console);
  }

  /**
   * Runs one command line.
   *
   * @param arguments the words after the program's name
   * @return the exit code, as {@link ExitCode} explains it
   */
  public int run(List<String> arguments) {
    try {
      Optional<String> level = world.environment().nonEmpty("ATMOS_LOGS_LEVEL");
      if (level.isPresent()) {
        console.level(LogLevel.of(level.get()).orElse(LogLevel.WARNING));
      } else if (world.environment().get("ATMOS_VERBOSE").orElse("").equalsIgnoreCase("true")) {
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

  private int dispatch(List<String> arguments) {
    PluginHost host = new PluginHost(builtInPlugins(), this::installedPlugins);
    CommandTree tree = new CommandTree(host);
    List<String> options = new ArrayList<>();
    boolean help = false;
    String path = "";
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.startsWith("-")) {
        if (GlobalOptions.isHelp(word)) {
          help = true;
        } else if (path.isEmpty() && word.equals(GlobalOptions.VERSION)) {
          path = "version";
          return runLeaf(host, tree, path, options, arguments.subList(i + 1, arguments.size()));
        } else if (GlobalOptions.takesValue(word) && i + 1 < arguments.size()) {
          options.add(word);
          options.add(arguments.get(++i));
        } else if (GlobalOptions.takesValue(beforeEquals(word))
            || (word.startsWith(GlobalOptions.CHDIR_SHORT) && word.length() > 2)) {
          options.add(word);
        } else {
          throw unknownOption(word, path);
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
        throw unknownCommand(tree, path, word);
      }
      String longer = path.isEmpty() ? word : path + " " + word;
      if (tree.leaf(longer).isPresent()) {
        if (help) {
          options.add(GlobalOptions.HELP);
        }
        return runLeaf(host, tree, longer, options, arguments.subList(i + 1, arguments.size()));
      }
      if (!tree.isGroup(longer)) {
        throw unknownCommand(tree, path, word);
      }
      path = longer;
    }
    console.answer(GroupHelp.render(tree, path));
    return 0;
  }

  /**
   * Answers what could be typed next. Whatever goes wrong, it does so in silence: somebody is in
   * the middle of a line.
   */
  private int complete(List<String> before, List<String> after) {
    console.answer(new Atmos(Completion.hushed(world)).candidates(before, after));
    return 0;
  }

  private String candidates(List<String> before, List<String> after) {
    try {
      PluginHost host = new PluginHost(builtInPlugins(), this::installedPlugins);
      return new Completion(world, console, host).answer(before, after);
    } catch (Throwable e) {
      return Candidates.NOTHING;
    }
  }

  private int runLeaf(
      PluginHost host, CommandTree tree, String path, List<String> options, List<String> rest) {
    CommandTree.Leaf leaf = tree.leaf(path).orElseThrow();
    HostContext context = new HostContext(world, console, host);
    Object command = host.command(leaf.plugin(), path, context);
    return host.call(leaf.plugin(), () -> run(command, path, context, options, rest));
  }

  private int run(
      Object command, String path, HostContext context, List<String> options, List<String> rest) {
    CommandSpec spec =
        command instanceof CommandSpec built ? built : CommandSpec.forAnnotatedObject(command);
    spec.name("atmos " + path);
    String[] words = new String[options.size() + rest.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = i < options.size() ? options.get(i) : rest.get(i - options.size());
    }
    GlobalOptions globals = GlobalOptions.addTo(spec, words);
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false);
    commandLine.setInterpolateVariables(false);
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
    ParseResult result;
    try {
      result = commandLine.parseArgs(words);
    } catch (ParameterException e) {
      if (UsageErrors.isHelpTwice(e)) {
        console.answer(e.getCommandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        return 0;
      }
      throw UsageErrors.translate(e, path);
    }
    String level = globals.logsLevel();
    if (level != null) {
      console.level(
          LogLevel.of(level)
              .orElseThrow(() ->
                  new AtmosException(
                      ExitCode.USAGE,
                      "--logs-level must be Trace, Debug, Info, Warning, Error or Off")));
    }
    context.options(globals.configuration());
    changeDirectory(world, globals.chdir(), context);
    ParseResult addressed = result;
    while (addressed.hasSubcommand()) {
      addressed = addressed.subcommand();
    }
    if (result.isUsageHelpRequested() || addressed.isUsageHelpRequested()) {
      console.answer(
          addressed.commandSpec().commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
      return 0;
    }
    return call(addressed.commandSpec().userObject());
  }

  /** Goes where {@code --chdir} or {@code ATMOS_CHDIR} says; true if one of them is given. */
  static boolean changeDirectory(World world, @Nullable String option, HostContext context) {
    String directory = option;
    String origin = GlobalOptions.CHDIR;
    if (directory == null) {
      origin = "ATMOS_CHDIR";
      directory = world.environment().nonEmpty(origin).orElse(null);
    }
    if (directory != null) {
      context.directories(
          ChangedDirectories.to(directory, origin, world.directories(), world.files()));
    }
    return directory != null;
  }

  private static int call(Object command) {
    if (!(command instanceof Callable<?> callable)) {
      throw new IllegalStateException("the command is not a Callable");
    }
    try {
      return callable.call() instanceof Integer code ? code : 0;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private PluginIndex builtInPlugins() {
    try {
      return PluginIndex.builtIn(world.installation().builtInPlugins());
    } catch (IOException e) {
      throw new IllegalStateException("the index of the built-in plugins can't be read", e);
    }
  }

  /** A broken index costs the third parties' plugins, and says so; the program goes on. */
  private PluginIndex installedPlugins() {
    Optional<Path> data = world.directories().data();
    if (data.isEmpty()) {
      return PluginIndex.EMPTY;
    }
    Path directory = data.get().resolve("plugins");
    Path file = directory.resolve("index.properties");
    try {
      Optional<byte[]> content = world.files().read(file, INDEX_LIMIT);
      if (content.isEmpty()) {
        return PluginIndex.EMPTY;
      }
      Properties properties = new Properties();
      properties.load(new StringReader(new String(content.get(), StandardCharsets.UTF_8)));
      return PluginIndex.installed(
          properties,
          directory,
          problem -> console.say(leftOut("an installed plugin is", file, problem)));
    } catch (IOException | IllegalArgumentException e) {
      console.say(leftOut("installed plugins are", file, String.valueOf(e.getMessage())));
      return PluginIndex.EMPTY;
    }
  }

  private static String leftOut(String what, Path index, String problem) {
    return TerminalText.line("atmos: " + what + " left out: " + index + ": " + problem);
  }

  /** The part of a word before its equals sign; empty if it has none. */
  static String beforeEquals(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? "" : word.substring(0, equals);
  }

  private static AtmosException unknownOption(String word, String path) {
    String option = word.indexOf('=') < 0 ? word : beforeEquals(word);
    if (GlobalOptions.takesValue(option)) {
      return new AtmosException(ExitCode.USAGE, option + " needs a value");
    }
    String command = path.isEmpty() ? "atmos" : "atmos " + path;
    Optional<String> nearest = NearestNames.option(option, GlobalOptions.names(path));
    return new AtmosException(
        ExitCode.USAGE,
        "unknown option " + DisplayNames.quoted(option),
        nearest.isPresent() ? "did you mean " + nearest.get() : "see " + command + " --help");
  }

  private static AtmosException unknownCommand(CommandTree tree, String path, String word) {
    String group = path.isEmpty() ? "atmos" : "atmos " + path;
    Optional<String> nearest = NearestNames.first(word, tree.children(path).keySet());
    return new AtmosException(
        ExitCode.USAGE,
        DisplayNames.quoted(word) + " is not a command of " + group,
        nearest.isPresent()
            ? "did you mean: " + group + " " + nearest.get()
            : "see " + group + " --help");
  }
}
