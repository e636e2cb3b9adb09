package dev.atmos.cli.command;

import dev.atmos.cli.config.approval.UntrustedFile;
import dev.atmos.cli.view.SecretNames;
import dev.atmos.plugin.config.Effect;
import dev.atmos.services.system.Digests;
import dev.atmos.text.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code atmos config trust} shows of a file: its values, by what is done with them. */
final class TrustScreen {
  /** A longer value is cut in the middle. */
  static final int LONGEST = 2_000;

  /** What a secret looks like; a path or a command that only has the name of one is shown. */
  private static final String TOKEN = "[A-Za-z0-9_+=-][A-Za-z0-9_+=/.-]{15,}";

  private final Consumer<String> lines;
  private final boolean all;
  private final boolean showingSecrets;

  /** The effects, in the order in which they matter. */
  private enum Group {
    COMMAND(Effect.COMMAND, "runs", "command", "commands"),
    ENVIRONMENT(Effect.ENVIRONMENT, "sets", "variable for programs", "variables for programs"),
    WRITES(Effect.WRITES, "writes to", "file", "files"),
    ENDPOINT(
        Effect.ENDPOINT, "sends to", "host that isn't one of AWS's", "hosts that aren't AWS's"),
    READS(Effect.READS, "reads outside of its project in", "place", "places"),
    DATA(Effect.DATA, "passes on", "variable", "variables"),
    PROTECTION(
        Effect.PROTECTION,
        "changes",
        "protected setting, which atmos ignores until you trust it",
        "protected settings, which atmos ignores until you trust them");

    private final Effect effect;
    private final String verb;
    private final String one;
    private final String several;

    Group(Effect effect, String verb, String one, String several) {
      this.effect = effect;
      this.verb = verb;
      this.one = one;
      this.several = several;
    }

    String title(int count) {
      return verb + " " + count + " " + (count == 1 ? one : several);
    }
  }

  /**
   * @param lines takes the lines
   * @param all whether approved values are shown as well
   */
  TrustScreen(Consumer<String> lines, boolean all, boolean showingSecrets) {
    this.lines = lines;
    this.all = all;
    this.showingSecrets = showingSecrets;
  }

  /** Shows a file that needs approval. */
  void show(UntrustedFile file) {
    say(TerminalText.escaped(title(file)));
    values(file, all ? grantable(file) : file.pending());
    rest(file);
  }

  /** The file, and why it needs approval. */
  static String title(UntrustedFile file) {
    return file.path()
        + (file.wasTrusted() ? " has changed since you trusted it" : " is not trusted");
  }

  /** Shows the approved values and the unknown kinds of a file that needs no approval. */
  void showRest(UntrustedFile file) {
    if (all && file.wasTrusted()) {
      say(TerminalText.escaped(file.path().toString()) + " is trusted");
      values(file, grantable(file));
    } else if (!file.unsupplied().isEmpty() || !file.untellable().isEmpty()) {
      say(TerminalText.escaped(file.path().toString()));
    }
    rest(file);
  }

  private static List<UntrustedFile.Value> grantable(UntrustedFile file) {
    return file.values().stream().filter(value -> value.request().canBeGranted()).toList();
  }

  private void rest(UntrustedFile file) {
    List<UntrustedFile.Value> untellable = file.untellable();
    if (!untellable.isEmpty()) {
      say("  can't be trusted, because atmos can't tell which files of the project it runs:");
      untellable.forEach(value -> shownAt(file, value));
      say("    Put it into a script beside this file, and write: ./SCRIPT");
    }
    unsupplied(file);
  }

  private void shownAt(UntrustedFile file, UntrustedFile.Value value) {
    say("    " + place(value) + state(file, value) + ":");
    List<String> keys = value.request().keys();
    for (String other : keys.subList(1, keys.size())) {
      say("      also at " + TerminalText.escaped(other));
    }
    for (String line : shown(value)) {
      // A stranger's text never begins a line.
      say("      | " + line);
    }
  }

  private void values(UntrustedFile file, List<UntrustedFile.Value> values) {
    for (Group group : Group.values()) {
      List<UntrustedFile.Value> own =
          values.stream().filter(value -> value.effect() == group.effect).toList();
      if (!own.isEmpty()) {
        group(group, file, own);
      }
    }
  }

  private void group(Group group, UntrustedFile file, List<UntrustedFile.Value> values) {
    Set<String> names = new LinkedHashSet<>();
    if (group == Group.ENVIRONMENT || group == Group.DATA) {
      values.forEach(value -> names.add(TerminalText.escaped(name(value))));
    }
    String list = names.isEmpty() ? "" : ": " + String.join(", ", names);
    say("  " + group.title(values.size()) + list);
    Set<String> scripts = new LinkedHashSet<>();
    for (UntrustedFile.Value value : values) {
      shownAt(file, value);
      value.request().scripts().forEach(script -> scripts.add(TerminalText.escaped(script)));
    }
    if (group == Group.COMMAND) {
      String own =
          scripts.isEmpty()
              ? ""
              : "You trust these files of the project as they are now: "
                  + String.join(", ", scripts)
                  + ". ";
      say("    " + own + "Programs on PATH, and files that a command finds itself, may change.");
    }
  }

  private static String place(UntrustedFile.Value value) {
    List<String> keys = value.request().keys();
    String shown = keys.getFirst().isEmpty() ? "the whole file" : keys.getFirst();
    String use = value.declared() ? "" : ", which a plugin may run";
    if (value.effect() == Effect.PROTECTION) {
      boolean keyring = shown.startsWith("auth.keyring") || shown.equals("env.ATMOS_KEYRING_TYPE");
      String log = shown.startsWith("audit.") ? ", which decides what is logged" : "";
      use = keyring ? ", which decides how secrets are kept" : log;
    }
    return "line " + value.request().position().line() + ", " + TerminalText.escaped(shown) + use;
  }

  private static String state(UntrustedFile file, UntrustedFile.Value value) {
    if (!file.wasTrusted()) {
      return "";
    }
    return switch (file.state(value)) {
      case APPROVED -> " (as before)";
      case NEW -> " (new)";
      case CHANGED -> " (changed)";
      case UNTELLABLE -> "";
      case SCRIPT -> " (a script of it is new, or has changed)";
      case DEFINITION -> " (its definition has changed)";
    };
  }

  private static String name(UntrustedFile.Value value) {
    int equals = value.text().indexOf('=');
    return equals < 0 ? value.text() : value.text().substring(0, equals);
  }

  private List<String> shown(UntrustedFile.Value value) {
    String text = value.text();
    if (value.effect() == Effect.PROTECTION) {
      return List.of(text.isEmpty() ? "nothing" : TerminalText.escaped(text));
    }
    if (!showingSecrets && isSecret(value)) {
      boolean variable = value.effect() == Effect.ENVIRONMENT;
      String secret = variable ? text.substring(name(value).length() + 1) : text;
      String digest = Digests.sha256Hex(secret.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
      return List.of(
          (variable ? TerminalText.escaped(name(value)) + ": " : "")
              + secret.length()
              + " characters, SHA-256 "
              + digest);
    }
    if (value.effect() == Effect.ENDPOINT && !showingSecrets) {
      text = withoutUser(text);
    }
    // What is run must not hide in the middle of a long text.
    boolean whole = value.effect() == Effect.COMMAND || value.effect() == Effect.ENVIRONMENT;
    return TerminalText.escapedLines(whole ? text : cut(text));
  }

  /**
   * A variable may run something whatever it is called, so only what looks like a secret is one.
   */
  private static boolean isSecret(UntrustedFile.Value value) {
    if (value.effect() != Effect.ENVIRONMENT) {
      return value.secret();
    }
    String name = name(value);
    return SecretNames.contains(name) && value.text().substring(name.length() + 1).matches(TOKEN);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    String middle = "\n... of " + text.length() + " characters, the middle is not shown ...\n";
    return text.substring(0, LONGEST / 2) + middle + text.substring(text.length() - LONGEST / 2);
  }

  /** A URL without its user info, which may hold a password. */
  private static String withoutUser(String url) {
    return url.replaceFirst("(?s)^(.*?://)?[^/?#]*@", "$1***@");
  }

  private void unsupplied(UntrustedFile file) {
    for (UntrustedFile.Unsupplied each : file.unsupplied()) {
      say(
          "  line "
              + each.position().line()
              + ", "
              + TerminalText.escaped(each.path())
              + (each.kind().isEmpty()
                  ? ": what is included is never trusted; write it in the file that includes"
                      + " it"
                  : ": unknown: needs a plugin that supplies kind "
                      + TerminalText.escaped(each.kind())));
    }
  }

  private void say(String line) {
    lines.accept(line);
  }
}
