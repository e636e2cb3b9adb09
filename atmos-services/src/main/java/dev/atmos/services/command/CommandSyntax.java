package dev.atmos.services.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options, words and help of a command. It reads command lines that hold nothing but them, each
 * once, as most do. All others are read by picocli, which is given the same: help, completion,
 * options that all commands have, and mistakes.
 */
public final class CommandSyntax {
  private final List<CommandOption> options = new ArrayList<>();
  private @Nullable CommandParameter words;
  private boolean endsAtWord;
  private String[] synopsis = {};
  private String[] description = {};
  private String[] examples = {};
  private List<String> typed = List.of();

  /** Adds an option, and returns it. */
  public CommandOption add(CommandOption option) {
    options.add(option);
    return option;
  }

  /** Adds the words beside the options, and returns them. */
  public CommandParameter add(CommandParameter others) {
    words = others;
    return others;
  }

  /** Lets what follows the first word be words, whatever it looks like. */
  public void endOptionsAtWord() {
    endsAtWord = true;
  }

  // ---- help

  /** Shows how the command is typed, in lines. */
  public void synopsis(String... lines) {
    synopsis = lines;
  }

  /** Describes the command in paragraphs, with a blank line around each. */
  public void description(String... paragraphs) {
    description = paragraphs;
  }

  /** Ends the help with these lines. */
  public void examples(String... lines) {
    examples = lines;
  }

  // ---- reading

  /**
   * Reads a command line, such as {@code dev --region us-east-2} or {@code --region=us-east-2 dev}.
   *
   * @return whether it has read it; if not, nothing has changed
   */
  public boolean read(String[] line) {
    @Nullable String[] values = new String[options.size()];
    List<String> others = new ArrayList<>();
    for (int i = 0; i < line.length; i++) {
      String word = line[i];
      boolean dashes = word.equals("--");
      if (dashes || (endsAtWord && isWord(word))) {
        others.addAll(List.of(line).subList(dashes ? i + 1 : i, line.length));
        break;
      }
      if (isWord(word)) {
        others.add(word);
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      int at = find(equals < 0 ? word : word.substring(0, equals));
      if (at < 0 || values[at] != null) {
        return false;
      }
      CommandOption option = options.get(at);
      String value;
      if (option.isFlag()) {
        value = equals < 0 ? "true" : null;
      } else if (equals >= 0) {
        String text = word.substring(equals + 1);
        value = isWord(text) ? text : null;
      } else if (i + 1 < line.length && isWord(line[i + 1])) {
        value = line[++i];
      } else if (i + 1 == line.length || line[i + 1].equals("--") || find(line[i + 1]) >= 0) {
        value = option.fallback();
      } else {
        return false;
      }
      if (value == null) {
        return false;
      }
      values[at] = value;
    }
    if (words == null ? !others.isEmpty() : !words.takes(others.size())) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      options.get(i).set(values[i]);
    }
    if (words != null) {
      words.set(others);
    }
    typed = List.of(line);
    return true;
  }

  private static boolean isWord(String word) {
    return !word.isEmpty() && word.charAt(0) != '-';
  }

  private int find(String name) {
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).has(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The words beside the options. */
  List<String> words() {
    return words == null ? List.of() : words.values();
  }

  /** The words before two dashes; all words where the user typed no dashes. */
  public List<String> beforeDashes() {
    List<String> all = words();
    int dashes = typed.indexOf("--");
    int after = dashes < 0 ? 0 : typed.size() - 1 - dashes;
    List<String> before = all.subList(0, all.size() - after);
    // A command whose options end at its first word has the dashes among its words.
    return before.isEmpty() || !before.getLast().equals("--")
        ? before
        : before.subList(0, before.size() - 1);
  }

  // ---- picocli

  /** The same for picocli, which calls {@code command} after it has read a command line. */
  public CommandSpec toSpec(DirectCommand command) {
    Parsed parsed = new Parsed(command);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(parsed);
    parsed.spec = spec;
    for (CommandOption option : options) {
      spec.addOption(option.toSpec());
    }
    if (words != null) {
      spec.addPositional(words.toSpec());
    }
    spec.parser().stopAtPositional(endsAtWord);
    List<String> lines = new ArrayList<>(List.of(""));
    for (String paragraph : description) {
      lines.add(paragraph);
      lines.add("");
    }
    List<String> footer = new ArrayList<>(List.of(examples));
    footer.addFirst("");
    spec.usageMessage()
        .customSynopsis(synopsis)
        .description(lines.toArray(String[]::new))
        .footer(footer.toArray(String[]::new));
    return spec;
  }

  /** What picocli calls. */
  private final class Parsed implements Callable<Integer> {
    private final DirectCommand command;
    private @Nullable CommandSpec spec;

    Parsed(DirectCommand command) {
      this.command = command;
    }

    @Override
    public Integer call() {
      typed = Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
      return command.run();
    }
  }
}
