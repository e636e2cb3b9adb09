package dev.atmos.cli.completion;

import dev.atmos.cli.context.HostContext;
import dev.atmos.cli.dispatch.CommandModel;
import dev.atmos.cli.dispatch.CommandTree;
import dev.atmos.cli.dispatch.GlobalOption;
import dev.atmos.cli.dispatch.GlobalOptions;
import dev.atmos.cli.host.PluginHost;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Finds what could be typed next, for the scripts of {@code atmos completion}, which run
 *
 * <pre>atmos __complete -- WORDS</pre>
 *
 * with the words that were typed after the program's name up to the cursor; the last one is the one
 * to be completed, and may be empty. A shell that can't pass an empty word says {@code --new-word}
 * before the dashes instead. What stands before {@code __complete} belongs to the words, too: it is
 * there where an alias stands for more than the program. The answer is that of {@link
 * CompletionOutput}.
 *
 * <p>Of groups, only the metadata is looked at. A command is built like one that is to be run, and
 * asked for its options, their values, its parameters and its subcommands. Values are the {@code
 * completionCandidates} of an option or a parameter, which are iterated then and only then, so that
 * they may be looked up; if that fails, there are none. Where the label of a value is {@code FILE}
 * or {@code PATH}, in any case and brackets, or its type is that of a path, files are completed;
 * where it is {@code DIR} or {@code DIRECTORY}, directories.
 */
public final class Completion {
  /** The word that asks for completion. No command can have it. */
  public static final String WORD = "__complete";

  private static final String NEW_WORD = "--new-word";

  /** No shell shows more, and the values of a plugin may be endless. */
  private static final int MOST = 10_000;

  private static final List<String> LEVELS =
      List.of("Trace", "Debug", "Info", "Warning", "Error", "Off");

  private final HostContext context;
  private final PluginHost host;
  private final CommandTree tree;
  private final CompletionOutput candidates = new CompletionOutput();
  private boolean elsewhere;

  /** In a context of {@linkplain QuietPorts quiet ports}. */
  public Completion(HostContext context, PluginHost host) {
    this.host = host;
    this.context = context;
    this.tree = new CommandTree(host);
  }

  /**
   * Answers.
   *
   * @param before the words before {@link #WORD}
   * @param after the words after it
   */
  public String answer(List<String> before, List<String> after) {
    boolean newWord = !after.isEmpty() && after.getFirst().equals(NEW_WORD);
    int dashes = newWord ? 1 : 0;
    if (after.size() <= dashes || !after.get(dashes).equals("--")) {
      return CompletionOutput.NOTHING;
    }
    List<String> words = new ArrayList<>(before);
    words.addAll(after.subList(dashes + 1, after.size()));
    if (newWord || after.size() == dashes + 1) {
      words.add("");
    }
    complete(words.subList(0, words.size() - 1), words.getLast());
    return candidates.render();
  }

  /** Goes along the words as the program does that runs them. */
  private void complete(List<String> words, String current) {
    List<String> options = new ArrayList<>();
    String path = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      List<String> rest = words.subList(i + 1, words.size());
      if (word.startsWith("-")) {
        if (path.isEmpty() && word.equals(GlobalOptions.VERSION)) {
          completeLeaf(tree.leaf("version").orElseThrow(), options, rest, current);
          return;
        }
        options.add(word);
        if (GlobalOptions.takesValue(word) && !rest.isEmpty()) {
          options.add(words.get(++i));
        }
        continue;
      }
      if (path.isEmpty() && word.equals("help")) {
        continue;
      }
      if (word.isEmpty() || word.indexOf(' ') >= 0) {
        return;
      }
      String longer = path.isEmpty() ? word : path + " " + word;
      Optional<CommandTree.Leaf> leaf = tree.leaf(longer);
      if (leaf.isPresent()) {
        completeLeaf(leaf.get(), options, rest, current);
        return;
      }
      if (!tree.isGroup(longer)) {
        return;
      }
      path = longer;
    }
    completeGroup(path, options, current);
  }

  private void completeGroup(String path, List<String> options, String current) {
    CommandSpec spec = CommandSpec.create();
    if (path.isEmpty()) {
      OptionSpec.Builder version = OptionSpec.builder(GlobalOptions.VERSION).arity("0");
      spec.addOption(version.description("Show the version.").build());
    }
    GlobalOptions.addTo(spec);
    PartialCommandLine typed = new PartialCommandLine(spec);
    if (!typed.takeAll(options)) {
      return;
    }
    change(typed);
    if (!typed.mustBeValue() && !current.startsWith("-")) {
      tree.children(path).forEach(candidates::add);
    } else {
      completeWord(typed, current);
    }
  }

  private void completeLeaf(
      CommandTree.Leaf leaf, List<String> options, List<String> rest, String current) {
    Object command = host.command(leaf.plugin(), leaf.path(), context);
    host.call(
        leaf.plugin(),
        () -> {
          CommandSpec spec = CommandModel.of(leaf.plugin(), leaf.path(), command);
          GlobalOptions.addTo(spec);
          PartialCommandLine typed = new PartialCommandLine(spec);
          if (typed.takeAll(options) && typed.takeAll(rest)) {
            change(typed);
            completeWord(typed, current);
          }
          return spec;
        });
  }

  /** Makes the typed global options those of the context. */
  private void change(PartialCommandLine typed) {
    GlobalOptions globals = new GlobalOptions(typed::values);
    context.options(globals.configuration());
    elsewhere = context.chdir(globals.chdir());
  }

  private void completeWord(PartialCommandLine typed, String current) {
    OptionSpec open = typed.open();
    if (open != null) {
      addValues(open, typed, "", current);
      if (typed.mustBeValue()) {
        return;
      }
    }
    if (current.startsWith("-")) {
      completeOption(typed, current);
      return;
    }
    for (Map.Entry<String, CommandLine> child : typed.command().subcommands().entrySet()) {
      CommandSpec subcommand = child.getValue().getCommandSpec();
      if (!subcommand.usageMessage().hidden()) {
        String[] header = subcommand.usageMessage().header();
        candidates.add(
            child.getKey(),
            CompletionOutput.summary(
                header.length > 0 ? header : subcommand.usageMessage().description()));
      }
    }
    PositionalParamSpec positional = typed.nextPositional();
    if (positional != null && !positional.hidden()) {
      addValues(positional, typed, "", current);
    } else if (candidates.isEmpty() && current.isEmpty()) {
      // Nothing but an option can come next; those of all commands would only be in the way.
      for (OptionSpec option : typed.command().options()) {
        if (GlobalOption.of(option) == null && !option.usageHelp()) {
          addOption(option, typed, option.longestName());
        }
      }
    }
  }

  private void completeOption(PartialCommandLine typed, String current) {
    String name = current.substring(0, Math.max(0, current.indexOf('=')));
    int attached = name.length() + 1;
    if (name.isEmpty() && current.length() > 2 && !current.startsWith("--")) {
      name = current.substring(0, 2);
      attached = 2;
    }
    if (!name.isEmpty()) {
      OptionSpec option = typed.find(name);
      if (option != null && option.arity().max() > 0 && typed.mayBeGiven(option)) {
        addValues(option, typed, current.substring(0, attached), current.substring(attached));
      }
      return;
    }
    for (OptionSpec option : typed.command().options()) {
      for (String each : option.names()) {
        if (each.startsWith("--") || !current.startsWith("--")) {
          addOption(option, typed, each);
        }
      }
    }
  }

  private void addOption(OptionSpec option, PartialCommandLine typed, String name) {
    if (!option.hidden() && typed.mayBeGiven(option)) {
      candidates.add(name, CompletionOutput.summary(option.description()));
    }
  }

  /**
   * Adds the values of an option or a parameter.
   *
   * @param prefix what stands before the value in its word
   * @param value what is typed of the value
   */
  private void addValues(ArgSpec arg, PartialCommandLine typed, String prefix, String value) {
    OptionSpec option = arg instanceof OptionSpec given ? given : null;
    GlobalOption global = option == null ? null : GlobalOption.of(option);
    List<String> others = new ArrayList<>(option == null ? List.of() : typed.values(option));
    String before = prefix;
    String last = value;
    if (",".equals(arg.splitRegex()) || (global != null && global.isList())) {
      int comma = value.lastIndexOf(',') + 1;
      others.addAll(List.of(value.substring(0, comma).split(",")));
      before = prefix + value.substring(0, comma);
      last = value.substring(comma);
    }
    for (String each : known(arg, global)) {
      if (!others.contains(each)) {
        candidates.add(before + each, "");
      }
    }
    CompletionOutput.Files files = files(arg);
    if (files == CompletionOutput.Files.NOFILES) {
      return;
    }
    // The directory of --chdir itself starts from where the user is.
    if (elsewhere && global != GlobalOption.CHDIR && !isRooted(last)) {
      addFilesElsewhere(files, before, last);
    } else {
      candidates.addFiles(files, before);
    }
  }

  /** The known values. Whoever looks them up may fail; there are none then. */
  private List<String> known(ArgSpec arg, @Nullable GlobalOption global) {
    if (global == GlobalOption.LOGS_LEVEL) {
      return LEVELS;
    }
    try {
      if (global == GlobalOption.PROFILE) {
        return context.configuration().profiles();
      }
      Iterable<String> values = arg.completionCandidates();
      return values == null
          ? List.of()
          : StreamSupport.stream(values.spliterator(), false).limit(MOST).toList();
    } catch (RuntimeException | LinkageError e) {
      return List.of();
    }
  }

  private static CompletionOutput.Files files(ArgSpec arg) {
    String label = arg.paramLabel().toUpperCase(Locale.ROOT);
    if (label.startsWith("<") && label.endsWith(">")) {
      label = label.substring(1, label.length() - 1);
    }
    return switch (label) {
      case "FILE", "PATH" -> CompletionOutput.Files.FILES;
      case "DIR", "DIRECTORY" -> CompletionOutput.Files.DIRECTORIES;
      default -> {
        Class<?> type = arg.isMultiValue() ? arg.auxiliaryTypes()[0] : arg.type();
        yield type == Path.class || type == File.class
            ? CompletionOutput.Files.FILES
            : CompletionOutput.Files.NOFILES;
      }
    };
  }

  private boolean isRooted(String path) {
    return path.startsWith("~")
        || context.directories().workingDirectory().getFileSystem().getPath(path).isAbsolute();
  }

  /** The shell completes paths from where the user is, and after {@code --chdir} that is wrong. */
  private void addFilesElsewhere(CompletionOutput.Files kind, String before, String typed) {
    Path base = context.directories().workingDirectory();
    String separator = base.getFileSystem().getSeparator();
    int name = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf(separator)) + 1;
    String parent = typed.substring(0, name);
    Path directory = base.resolve(parent);
    List<String> names = names(directory);
    candidates.open();
    for (String each : names == null ? List.<String>of() : names) {
      boolean hidden = each.startsWith(".") && !typed.startsWith(".", name);
      if (hidden || !each.startsWith(typed.substring(name))) {
        continue;
      }
      boolean isDirectory = names(directory.resolve(each)) != null;
      if (isDirectory || kind == CompletionOutput.Files.FILES) {
        candidates.add(before + parent + each + (isDirectory ? "/" : ""), "");
      }
    }
  }

  /** The names in a directory, sorted; none if it can't be read, and null if it isn't one. */
  private @Nullable List<String> names(Path path) {
    try {
      return context.files().list(path).map(names -> names.stream().sorted().toList()).orElse(null);
    } catch (IOException e) {
      return List.of();
    }
  }
}
