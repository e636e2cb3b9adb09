package dev.atmos.auth.env;

import dev.atmos.services.Services;
import dev.atmos.services.system.Digests;
import dev.atmos.text.ShellWords;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of the user's own configuration file that atmos has written for one configuration,
 * between two marks. All else in the file stays as it is.
 *
 * @param id what tells it from the parts of other configurations
 */
record ProfileBlock(String id) {
  private static final int DIGITS = 8;
  private static final String BEGIN = "# >>> atmos aws profiles ";
  private static final String NOTE = "# Changes are lost: atmos aws profiles --write\n";

  /** What stands in a part that was put behind a last line without an end. */
  private static final String OPEN = "# The line before had no end.\n";

  /** What stands in a part that was put into a file that atmos made. */
  private static final String MADE = "# atmos made this file.\n";

  /** The one of the configuration in force. */
  static ProfileBlock of(Services services) {
    Map<String, String> selection = new TreeMap<>(services.configSelection().variables());
    byte[] key = selection.toString().getBytes(StandardCharsets.UTF_8);
    return new ProfileBlock(Digests.sha256Hex(key).substring(0, DIGITS));
  }

  String begin() {
    return BEGIN + id + " >>>";
  }

  private String end() {
    return "# <<< atmos aws profiles " + id + " <<<";
  }

  /** Whether a part begins that doesn't end before the next one, or at all. */
  boolean isBroken(String file) {
    int from = lineAt(file, begin(), 0);
    if (from < 0) {
      return false;
    }
    int to = lineAt(file, end(), from);
    int next = file.indexOf("\n" + BEGIN, from);
    return to < 0 || (next >= 0 && next < to);
  }

  /** The part of a file between the marks, with them; empty if there is none. */
  private String in(String file) {
    int from = lineAt(file, begin(), 0);
    int to = from < 0 ? -1 : lineAt(file, end(), from);
    return to < 0 ? "" : file.substring(from, afterLine(file, to));
  }

  /** A file without it, as it was before it was written. */
  String without(String file) {
    String old = in(file);
    if (old.isEmpty()) {
      return file;
    }
    int from = lineAt(file, begin(), 0);
    String before = file.substring(0, from);
    String after = file.substring(from + old.length());
    if (after.startsWith(BEGIN)) {
      // The next one has come behind the same line, or into the same file.
      int second = afterLine(after, 0);
      return before + after.substring(0, second) + notes(old) + after.substring(second);
    }
    if (after.isEmpty() && hasNote(old, OPEN) && before.endsWith("\n")) {
      before = before.substring(0, before.length() - (before.endsWith("\r\n") ? 2 : 1));
    }
    return before + after;
  }

  /** Whether nothing is left of a file without it, which atmos made. */
  boolean isAll(String file) {
    return hasNote(in(file), MADE) && without(file).isEmpty();
  }

  private static boolean hasNote(String block, String note) {
    return block.replace("\r", "").contains("\n" + note);
  }

  /** What a part says of the file before it was written, as its lines are. */
  private static String notes(String block) {
    String notes = (hasNote(block, MADE) ? MADE : "") + (hasNote(block, OPEN) ? OPEN : "");
    return block.contains("\r\n") ? notes.replace("\n", "\r\n") : notes;
  }

  /**
   * A file with other profiles in the place of those that are there, else at its end.
   *
   * @param isNew whether the file is yet to be made
   * @param profiles complete lines
   */
  String with(String file, boolean isNew, String profiles) {
    String newline = file.contains("\r\n") ? "\r\n" : "\n";
    String old = in(file);
    boolean open = old.isEmpty() && !file.isEmpty() && !file.endsWith("\n");
    String notes = open ? OPEN : isNew ? MADE : notes(old).replace("\r", "");
    String block = (begin() + "\n" + NOTE + notes + profiles + end() + "\n").replace("\n", newline);
    if (old.isEmpty()) {
      return file + (open ? newline : "") + block;
    }
    int from = lineAt(file, begin(), 0);
    return file.substring(0, from) + block + file.substring(from + old.length());
  }

  /** The sections of a file's part by the identities that their programs name, in their order. */
  Map<String, String> sections(String file, boolean windows) {
    Map<String, String> sections = new LinkedHashMap<>();
    StringBuilder section = new StringBuilder();
    String identity = null;
    for (String line : (in(file) + "[\n").lines().toList()) {
      if (line.startsWith("[")) {
        if (identity != null) {
          sections.put(identity, section.toString());
        }
        section.setLength(0);
        identity = null;
      }
      if (!line.startsWith("#")) {
        section.append(line).append('\n');
      }
      identity = line.startsWith("credential_process") ? identity(line, windows) : identity;
    }
    return sections;
  }

  private static @Nullable String identity(String line, boolean windows) {
    String command = line.substring(line.indexOf('=') + 1).strip();
    List<String> words =
        (windows ? ShellWords.windows(command) : ShellWords.posix(command)).orElse(List.of());
    int at = words.indexOf("--identity");
    return at < 0 || at + 1 >= words.size() ? null : words.get(at + 1);
  }

  /** Where a line begins that says this; -1 for nowhere. */
  private static int lineAt(String file, String line, int start) {
    for (int at = file.indexOf(line, start); at >= 0; at = file.indexOf(line, at + 1)) {
      int end = at + line.length();
      boolean begins = at == 0 || file.charAt(at - 1) == '\n';
      if (begins && (end == file.length() || "\r\n".indexOf(file.charAt(end)) >= 0)) {
        return at;
      }
    }
    return -1;
  }

  private static int afterLine(String file, int at) {
    int newline = file.indexOf('\n', at);
    return newline < 0 ? file.length() : newline + 1;
  }
}
