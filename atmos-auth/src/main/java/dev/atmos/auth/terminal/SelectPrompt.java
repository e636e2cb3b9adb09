package dev.atmos.auth.terminal;

import dev.atmos.plugin.base.AtmosException;
import dev.atmos.plugin.base.ExitCode;
import dev.atmos.services.Services;
import dev.atmos.services.system.KeyPress;
import dev.atmos.services.terminal.TerminalMode;
import dev.atmos.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list to pick one thing from. What is typed narrows it down to what has all of the typed words
 * in it. Where keys can't be read one by one, it is a list with numbers.
 */
public final class SelectPrompt {
  private static final int MOST_ROWS = 10;
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final String NO_MATCH = "no match";

  /**
   * A thing that can be picked.
   *
   * @param name its name
   * @param detail more about it
   */
  public record Choice(String name, String detail) {
    private String shownName() {
      return TerminalText.line(name);
    }

    private String shownDetail() {
      return TerminalText.line(detail);
    }
  }

  private final Services services;
  private final TerminalMode mode;
  private final String what;
  private final List<Choice> choices;

  private SelectPrompt(Services services, String what, List<Choice> choices) {
    this.services = services;
    this.mode = TerminalMode.of(services);
    this.what = what;
    this.choices = choices;
  }

  /**
   * Has the user pick.
   *
   * @param what what is picked: {@code identity}
   * @param fix what to type instead
   * @return its name
   * @throws AtmosException with {@link ExitCode#USAGE} if the user can't be asked, with {@link
   *     ExitCode#INTERRUPTED} if the user picks nothing
   */
  public static String pick(Services services, String what, List<Choice> choices, String fix) {
    SelectPrompt prompt = new SelectPrompt(services, what, List.copyOf(choices));
    if (!prompt.mode.asks()) {
      throw new AtmosException(
          ExitCode.USAGE, "picking the " + what + " from a list needs a terminal", fix);
    }
    String picked =
        prompt.mode.moves()
            ? services.terminal().withKeys(prompt::byKeys).orElseGet(prompt::byNumber)
            : prompt.byNumber();
    if (picked.isEmpty()) {
      throw new AtmosException(ExitCode.INTERRUPTED, "no " + what + " was picked");
    }
    return picked;
  }

  // ---- key by key

  /** Empty for nothing. */
  private String byKeys(Supplier<KeyPress> keys) {
    StringBuilder typed = new StringBuilder();
    int at = 0;
    int columns = Math.max(20, services.terminal().columns());
    int drawn = 0;
    while (true) {
      List<Choice> left = matching(typed.toString());
      at = Math.max(0, Math.min(at, left.size() - 1));
      drawn = draw(typed.toString(), left, at, columns, drawn);
      KeyPress key = keys.get();
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
            services.terminal().show(erasing(drawn));
            String name = left.get(at).name();
            services.console().say("Picked " + what + ": " + TerminalText.line(name));
            return name;
          }
        }
        case CANCEL -> {
          services.terminal().show(erasing(drawn));
          return "";
        }
        case OTHER -> {}
      }
    }
  }

  /** Returns how many lines above the cursor's it has drawn. */
  private int draw(String typed, List<Choice> left, int at, int columns, int drawn) {
    int first = Math.max(0, Math.min(at - MOST_ROWS / 2, left.size() - MOST_ROWS));
    List<Choice> window = left.subList(first, Math.min(left.size(), first + MOST_ROWS));
    int width =
        window.stream().mapToInt(each -> TerminalText.width(each.shownName())).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Choice choice : window) {
      boolean current = lines.size() == at - first;
      String name = TerminalText.padded(choice.shownName(), Math.min(width, columns - 4));
      String row = (current ? "> " : "  ") + name + "  " + choice.shownDetail();
      String cut = TerminalText.cut(row, columns - 1);
      lines.add(current ? mode.bold(cut) : cut);
    }
    if (left.isEmpty()) {
      lines.add(mode.dim("  " + NO_MATCH));
    } else if (left.size() > MOST_ROWS) {
      String count = "  " + window.size() + " of " + left.size() + "; type to narrow them down";
      lines.add(mode.dim(TerminalText.cut(count, columns - 1)));
    }
    int above = lines.size();
    String prompt = "Which " + what + "? " + TerminalText.line(typed);
    lines.add(TerminalText.cut(prompt, columns - 1));
    services.terminal().show(erasing(drawn) + String.join("\r\n", lines));
    return above;
  }

  /** What erases the prompt and the lines above it. */
  private static String erasing(int lines) {
    return (lines > 0 ? "\u001b[" + lines + "A" : "") + CLEAR_BELOW;
  }

  private List<Choice> matching(String typed) {
    List<String> words = List.of(typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
    return choices.stream()
        .filter(choice -> {
          String text = (choice.name() + " " + choice.detail()).toLowerCase(Locale.ROOT);
          return words.stream().allMatch(text::contains);
        })
        .toList();
  }

  // ---- by number

  /** Empty for nothing. */
  private String byNumber() {
    List<Choice> left = choices;
    while (true) {
      int number = 1;
      for (Choice choice : left) {
        String row = number++ + "  " + choice.shownName() + "  " + choice.shownDetail();
        services.console().say("  " + row);
      }
      services.terminal().show("Which " + what + "? A number, or a part of its name: ");
      String line = services.terminal().readLine().orElse("").strip();
      if (line.isEmpty()) {
        return "";
      }
      Choice picked = picked(left, line);
      List<Choice> matching = picked == null ? matching(line) : List.of(picked);
      if (matching.size() == 1) {
        return matching.getFirst().name();
      }
      if (matching.isEmpty()) {
        services.console().say(NO_MATCH);
      }
      left = matching.isEmpty() ? choices : matching;
    }
  }

  /** The choice of that number, or of exactly that name; null if neither exists. */
  private static @Nullable Choice picked(List<Choice> left, String answer) {
    for (Choice choice : left) {
      if (choice.name().equals(answer)) {
        return choice;
      }
    }
    int number = answer.matches("[0-9]{1,9}") ? Integer.parseInt(answer) : 0;
    return number >= 1 && number <= left.size() ? left.get(number - 1) : null;
  }
}
