package dev.atmos.auth.command;

import dev.atmos.text.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How times and facts are shown to people. */
final class HumanTime {
  private HumanTime() {}

  /** When something ends, and how long that is from now. */
  static String until(Instant end, Instant now) {
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .format(end.atOffset(ZoneOffset.UTC));
    return time + " (" + left(Duration.between(now, end)) + ")";
  }

  /** How long something lasts, in its two largest units. */
  static String left(Duration length) {
    long seconds = length.toSeconds();
    if (seconds <= 0) {
      return "expired";
    }
    long days = seconds / 86_400;
    long hours = seconds / 3600 % 24;
    long minutes = seconds / 60 % 60;
    if (days > 0) {
      return "in " + days + "d " + hours + "h";
    }
    if (hours > 0) {
      return "in " + hours + "h " + minutes + "m";
    }
    return minutes > 0 ? "in " + minutes + "m " + seconds % 60 + "s" : "in " + seconds + "s";
  }

  /** Facts, one to a line, as far as they are known. */
  static String facts(Map<String, @Nullable String> facts, String indent) {
    int width = 0;
    for (Map.Entry<String, @Nullable String> fact : facts.entrySet()) {
      if (fact.getValue() != null) {
        width = Math.max(width, fact.getKey().length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, @Nullable String> fact : facts.entrySet()) {
      String value = fact.getValue();
      if (value != null) {
        text.append(indent)
            .append(TerminalText.padded(fact.getKey(), width))
            .append("  ")
            .append(TerminalText.line(value))
            .append('\n');
      }
    }
    return text.toString();
  }

  /** The lines of a text. */
  static List<String> lines(String text) {
    return text.lines().toList();
  }
}
