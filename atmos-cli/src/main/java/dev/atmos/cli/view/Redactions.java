package dev.atmos.cli.view;

import static java.util.Comparator.naturalOrder;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Takes secrets out of texts: those that are known, and what looks like one. */
final class Redactions {
  static final String REDACTED = "<redacted>";

  /** A shorter secret would take too much along: it could be a part of any word. */
  static final int SHORTEST = 8;

  /** Longer commands are not searched for secrets, and not shown. */
  private static final int LONGEST_COMMAND = 2000;

  private static final String NAME =
      "[\\w.-]{0,64}(?:secret|passw|passphrase|token|credential|private[_-]?key|api[_-]?key"
          + "|access[_-]?key(?![_-]?id))[\\w.-]{0,64}";
  private static final String WORD = "(?:\"[^\"]*\"|'[^']*'|\\S+)";

  /** The longest first, as one may be a part of another. */
  private final Set<String> known =
      new TreeSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(naturalOrder()));

  /** What follows a name that speaks of a secret, in a command. */
  private final Pattern assignment = Pattern.compile("(?i)(" + NAME + "\\s?[=:]\\s?)" + WORD);

  private final Pattern option = Pattern.compile("(?i)(\\s--?" + NAME + "\\s+)(?!-)" + WORD);
  private final Pattern bearer = Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[^\\s\"']+");
  private final Pattern userInfo = Pattern.compile("(://[^/\\s:@]{0,256}:)[^/\\s@]+@");
  private final Pattern privateKey = Pattern.compile("-----BEGIN [A-Z ]{0,64}PRIVATE KEY-----");

  /** Makes a text one that must not be shown. */
  void add(String secret) {
    String text = secret.strip();
    if (text.length() >= SHORTEST) {
      known.add(text);
    }
  }

  /** Whether a text has a secret in it. */
  boolean has(String text) {
    return text.length() >= SHORTEST && known.stream().anyMatch(text::contains);
  }

  /** A value, or what stands for it where it has a secret in it. */
  String value(String text) {
    return has(text) || userInfo.matcher(text).find() || privateKey.matcher(text).find()
        ? REDACTED
        : text;
  }

  /** A command, with what is or may be a secret left out. */
  String command(String command) {
    if (command.length() > LONGEST_COMMAND || privateKey.matcher(command).find()) {
      return REDACTED;
    }
    String text = command;
    for (String secret : known) {
      text = text.replace(secret, REDACTED);
    }
    text = userInfo.matcher(text).replaceAll("$1" + REDACTED + "@");
    text = bearer.matcher(text).replaceAll("$1" + REDACTED);
    text = option.matcher(text).replaceAll("$1" + REDACTED);
    text = assignment.matcher(text).replaceAll("$1" + REDACTED);
    // What was left out may have joined what was around it.
    return has(text) ? REDACTED : text;
  }
}
