package dev.atmos.auth.terminal;

import dev.atmos.plugin.AtmosException;
import dev.atmos.plugin.ExitCode;
import dev.atmos.plugin.PluginContext;
import dev.atmos.plugin.io.Key;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list to pick one thing from. What is typed narrows it down to what has all of the typed words
 * in it. Where keys can't be read one by one, it is a list with numbers.
 */
public final class Picker {
  private static final int MOST_ROWS = 10;
  private static final String CLEAR_BELOW = "\r\u001b[J";

  /**
   * What can be picked.
   *
   * @param name what it is called
   * @param detail what is said of it
   */
  public record Choice(String name, String detail) {}

  private final PluginContext context;
  private final Manners manners;
  private final String what;
  private final List<Choice> choices;

  private Picker(PluginContext context, String what, List<Choice> choices) {
    this.context = context;
    this.manners = Manners.of(context);
    this.what = what;
    this.choices = choices;
  }

  /**
   * Has somebody pick.
   *
   * @param what what is picked: {@code identity}
   * @param fix what to type where nobody can be asked
   * @return its name
   * @throws AtmosException with {@link ExitCode#USAGE} if nobody can be asked, with {@link
   *     ExitCode#INTERRUPTED} if they don't want to
   */
  public static String pick(PluginContext context, String what, List<Choice> choices, String fix) {
    Picker picker = new Picker(context, what, List.copyOf(choices));
    if (!picker.manners.asks()) {
      throw new AtmosException(
          ExitCode.USAGE,
          "there is no terminal at which the " + what + " could be picked from a list",
          fix);
    }
    String picked =
        picker.manners.moves()
            ? context.terminal().withKeys(picker::byKeys).orElseGet(picker::byNumber)
            : picker.byNumber();
    if (picked.isEmpty()) {
      throw new AtmosException(ExitCode.INTERRUPTED, "no " + what + " was picked");
    }
    return picked;
  }

  // ---- key by key

  /** Empty for nothing. */
  private String byKeys(Supplier<Key> keys) {
    StringBuilder typed = new StringBuilder();
    int at = 0;
    int columns = Math.max(20, context.terminal().columns());
    int drawn = 0;
    while (true) {
      List<Choice> left = matching(typed.toString());
      at = Math.max(0, Math.min(at, left.size() - 1));
      drawn = draw(typed.toString(), left, at, columns, drawn);
      Key key = keys.get();
      switch (key.kind()) {
        case TEXT -> {
          typed.append(key.text());
          at = 0;
        }
        case BACKSPACE -> {
          if (!typed.isEmpty()) {
            typed.setLength(typed.offsetByCodePoints(typed.length(), -1));
          }
          at = 0;
        }
        case UP -> at = at == 0 ? left.size() - 1 : at - 1;
        case DOWN -> at = at + 1 >= left.size() ? 0 : at + 1;
        case ENTER -> {
          if (!left.isEmpty()) {
            erase(drawn);
            String name = left.get(at).name();
            context.console().say("Picked " + what + ": " + TerminalText.line(name));
            return name;
          }
        }
        case CANCEL -> {
          erase(drawn);
          return "";
        }
        case OTHER -> {}
      }
    }
  }

  /** Returns how many lines above the cursor's it has drawn. */
  private int draw(String typed, List<Choice> left, int at, int columns, int drawn) {
    StringBuilder text = new StringBuilder();
    up(drawn, text);
    text.append(CLEAR_BELOW);
    int first = Math.max(0, Math.min(at - MOST_ROWS / 2, left.size() - MOST_ROWS));
    int last = Math.min(left.size(), first + MOST_ROWS);
    int width = 0;
    for (Choice choice : left.subList(first, last)) {
      width = Math.max(width, TerminalText.width(TerminalText.line(choice.name())));
    }
    int lines = 0;
    for (int i = first; i < last; i++) {
      Choice choice = left.get(i);
      String name =
          TerminalText.padded(TerminalText.line(choice.name()), Math.min(width, columns - 4));
      String row =
          TerminalText.cut(
              (i == at ? "> " : "  ") + name + "  " + TerminalText.line(choice.detail()),
              columns - 1);
      text.append(i == at ? manners.bold(row) : row).append("\r\n");
      lines++;
    }
    if (left.size() > MOST_ROWS || left.isEmpty()) {
      String count =
          left.isEmpty()
              ? "  none has that in it"
              : "  " + (last - first) + " of " + left.size() + "; type to narrow them down";
      text.append(manners.dim(TerminalText.cut(count, columns - 1))).append("\r\n");
      lines++;
    }
    String prompt = "Which " + what + "? " + TerminalText.line(typed);
    text.append(TerminalText.cut(prompt, columns - 1));
    context.terminal().show(text.toString());
    return lines;
  }

  private void erase(int drawn) {
    StringBuilder text = new StringBuilder();
    up(drawn, text);
    context.terminal().show(text.append(CLEAR_BELOW).toString());
  }

  private static void up(int lines, StringBuilder text) {
    if (lines > 0) {
      text.append("\u001b[").append(lines).append('A');
    }
  }

  private List<Choice> matching(String typed) {
    List<Choice> matching = new ArrayList<>();
    String[] words = typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
    for (Choice choice : choices) {
      String text = (choice.name() + " " + choice.detail()).toLowerCase(Locale.ROOT);
      boolean all = true;
      for (String word : words) {
        all &= text.contains(word);
      }
      if (all) {
        matching.add(choice);
      }
    }
    return matching;
  }

  // ---- by number

  /** Empty for nothing. */
  private String byNumber() {
    List<Choice> left = choices;
    while (true) {
      int number = 1;
      for (Choice choice : left) {
        context
            .console()
            .say(
                "  "
                    + number++
                    + "  "
                    + TerminalText.line(choice.name())
                    + "  "
                    + TerminalText.line(choice.detail()));
      }
      context.terminal().show("Which " + what + "? A number, or a part of its name: ");
      Optional<String> line = context.terminal().readLine();
      if (line.isEmpty() || line.get().isBlank()) {
        return "";
      }
      Choice picked = picked(left, line.get().strip());
      if (picked != null) {
        return picked.name();
      }
      List<Choice> matching = matching(line.get());
      if (matching.size() == 1) {
        return matching.get(0).name();
      }
      if (matching.isEmpty()) {
        context.console().say("none has that in it");
      }
      left = matching.isEmpty() ? choices : matching;
    }
  }

  /** What has that number, or exactly that name. */
  private static @Nullable Choice picked(List<Choice> left, String answer) {
    for (Choice choice : left) {
      if (choice.name().equals(answer)) {
        return choice;
      }
    }
    try {
      int number = Integer.parseInt(answer);
      return number >= 1 && number <= left.size() ? left.get(number - 1) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
